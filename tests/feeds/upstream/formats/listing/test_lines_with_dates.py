"""Unseen pages: dates on the same line as titles, and other ways to print them."""

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


def test_titles_over_texts_with_datelines() -> None:
    page = """
        UNODC launches new report
        12 May 2010 - The report was launched in Vienna on Monday by the Director.

        Agreement signed
        28 April 2010 - The agreement was signed by both parties in Geneva.
        """
    assert [(day, title) for day, title, _ in items(page)] == [
        ("2010-05-12?", "UNODC launches new report"),
        ("2010-04-28?", "Agreement signed"),
    ]
    assert items(page)[1][2].startswith("28 April 2010 - The agreement")


def test_month_first_dates_are_told_from_the_pages_order() -> None:
    page = """
        06/02/2010
        First title
        05/11/2010
        Second title
        05/03/2010
        Third title
        """
    assert [day for day, _, _ in items(page)] == ["2010-06-02", "2010-05-11", "2010-05-03"]


def test_headings_give_years_and_are_no_items() -> None:
    page = """
        2011

        12 – 14 May Workshop in Dakar

        3 June Launch of the report

        2010

        5 – 6 December Expert meeting in Vienna
        """
    assert [day for day, _, _ in items(page)] == [
        "2011-05-12 05-12/05-14",
        "2011-06-03",
        "2010-12-05 12-05/12-06",
    ]
    assert {line[1] for line in others(page)} == {"heading"}
    assert items("3 June Launch of the report\n\n5 June Another launch") == []


def test_dates_with_places_labels_and_kinds() -> None:
    for first, second in (
        ("Vienna, 12 May 2010", "Dakar, 3 May 2010"),
        ("Published: 12 May 2010", "Published on 3 May 2010"),
        ("12 May 2010 | News", "3 May 2010 | Press release"),
        ("[12 May 2010]", "[3 May 2010]"),
        ("12 May 2010 -", "3 May 2010 -"),
    ):
        page = f"{first}\nNew report\n\nIt was launched today.\n\n{second}\nWorkshop held\n"
        assert items(page) == [
            ("2010-05-12", "New report", "It was launched today."),
            ("2010-05-03", "Workshop held", ""),
        ]


def test_a_text_without_a_title_gets_its_first_sentence() -> None:
    sentence = "The " + "very long and winding " * 12 + "report was launched."
    long = sentence + " It tells of many things, and nobody has read all of them yet."
    assert items(f"3 May 2010\n{long}\n\n2 May 2010\nTitle") == [
        ("2010-05-03", sentence, long),
        ("2010-05-02", "Title", ""),
    ]
    endless = "Word " * 200
    title = items(f"3 May 2010 {endless}")[0][1]
    assert title.endswith("Word…")
    assert len(title) <= 241


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


def test_a_column_on_an_indented_page() -> None:
    page = (
        "News\n\n    3 May 2010\n\n    Title\n\n    It was so, the office said.\n\nMore news ...\n"
    )
    assert items(page) == [("2010-05-03", "Title", "It was so, the office said.")]
