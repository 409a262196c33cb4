"""Unseen pages whose entries have date and title on one line."""

from feeds.upstream.formats.listing import Role
from tests.feeds.upstream.formats.listing.pages import items, others


def test_dates_beside_titles_with_texts() -> None:
    page = """
        Latest news

        12 May 2010 - UNODC launches new report

        The report was launched in Vienna on Monday.

        3 May 2010 - Training workshop in Dakar

        Officers from ten countries took part in the workshop.

        28 – 30 April: Meeting held

        The parties met in Geneva.

        Watch the latest TV shows

        Lost your password?
        """
    assert items(page) == [
        ("2010-05-12", "UNODC launches new report", "The report was launched in Vienna on Monday."),
        (
            "2010-05-03",
            "Training workshop in Dakar",
            "Officers from ten countries took part in the workshop.",
        ),
        ("2010-04-28 04-28/04-30", "Meeting held", "The parties met in Geneva."),
    ]
    assert [line[2] for line in others(page)] == [
        "Latest news",
        "Watch the latest TV shows",
        "Lost your password?",
    ]


def test_one_line_items_take_no_undated_line() -> None:
    page = """
        12 May 2010 UNODC launches new report on the smuggling of migrants and on
             trafficking in persons
        28 April 2010, Agreement signed
        To read the agreement, click here.
        14 April 2010 | Workshop held
        The workshop was a great success, say all who took part in it.
        10 April 2010
        3 April 2010: Manual released
        2 April Yearless title
        """
    assert items(page) == [
        (
            "2010-05-12",
            "UNODC launches new report on the smuggling of migrants and on trafficking in persons",
            "",
        ),
        ("2010-04-28", "Agreement signed", ""),
        ("2010-04-14", "Workshop held", ""),
        ("2010-04-03", "Manual released", ""),
        ("2010-04-02", "Yearless title", ""),
    ]
    assert [line[:2] for line in others(page)] == [
        (Role.NOISE, "link stub"),
        (Role.NOISE, "undated"),
        (Role.SKIPPED, "date without title"),
    ]


def test_dates_behind_titles() -> None:
    page = """
        Press releases
        UNODC launches new report on smuggling (12 May 2010)
        Training workshop in Dakar - 3 May 2010
        Agreement signed in Geneva | 28 April 2010
        """
    assert items(page) == [
        ("2010-05-12", "UNODC launches new report on smuggling", ""),
        ("2010-05-03", "Training workshop in Dakar", ""),
        ("2010-04-28", "Agreement signed in Geneva", ""),
    ]


def test_lines_directly_below_a_one_line_item_are_its_text() -> None:
    page = """
        12 December 2012 - Training of prosecutors
        A group of 25 prosecutors took part in the training.
        Read more

        10 December 2012 - Human Rights Day

        See also the archive

        25 November 2012 - Day against violence

        More news ...
        """
    assert items(page) == [
        (
            "2012-12-12",
            "Training of prosecutors",
            "A group of 25 prosecutors took part in the training.",
        ),
        ("2012-12-10", "Human Rights Day", ""),
        ("2012-11-25", "Day against violence", ""),
    ]
    assert [line[1:] for line in others(page)] == [
        ("link stub", "See also the archive"),
        ("heading", "More news ..."),
    ]


def test_tables_and_years_of_two_digits() -> None:
    page = """
        | Date | Title |
        | 03/12/12 | New report |
        | 28/11/98 | Workshop |
        """
    assert items(page) == [
        ("2012-12-03", "New report", ""),
        ("1998-11-28", "Workshop", ""),
    ]


def test_titles_that_hang_below_their_dates() -> None:
    page = """
        12 Dec 2012   Boat with 55 people capsizes off Bosaso; the coast guard
                      finds five survivors
        30 Nov 2012   New monthly summary
        21-23 Nov 2012
                      Conference of police chiefs in Addis Ababa
         9 Oct 2012   Kenya gazettes its rules on counter-trafficking, at last, after
                      two years and
                      three drafts
        28 Sep 2012   Monitors wanted
        """
    assert items(page) == [
        (
            "2012-12-12",
            "Boat with 55 people capsizes off Bosaso; the coast guard finds five survivors",
            "",
        ),
        ("2012-11-30", "New monthly summary", ""),
        ("2012-11-21 11-21/11-23", "Conference of police chiefs in Addis Ababa", ""),
        (
            "2012-10-09",
            (
                "Kenya gazettes its rules on counter-trafficking, at last, after two years and"
                " three drafts"
            ),
            "",
        ),
        ("2012-09-28", "Monitors wanted", ""),
    ]


def test_a_text_that_is_set_further_in_is_no_title() -> None:
    page = """
        12 May 2010  Training of prosecutors
            A group of 25 prosecutors took part in the training.
            Read more
        3 May 2010  Human Rights Day
            It was cold, but many came.
        """
    assert items(page) == [
        (
            "2010-05-12",
            "Training of prosecutors",
            "A group of 25 prosecutors took part in the training.",
        ),
        ("2010-05-03", "Human Rights Day", "It was cold, but many came."),
    ]


def test_numbered_items() -> None:
    page = """
        1. 14 July 2009 - Handbook for midwives printed
        2. 30 June 2009 - Refresher for hotline staff

        Last update: July 20, 2009
        """
    assert items(page) == [
        ("2009-07-14", "Handbook for midwives printed", ""),
        ("2009-06-30", "Refresher for hotline staff", ""),
    ]
