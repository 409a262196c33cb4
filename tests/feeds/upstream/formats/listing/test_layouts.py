"""Unseen pages: where dates stand, and what belongs to them."""

from feeds.upstream.formats.listing import Role
from tests.feeds.upstream.formats.listing.pages import items, others


def test_bullets_with_nested_bullets_at_their_own_level() -> None:
    page = """
        • 01/04/2010
        Parliamentarians unite
        • 23/03/2010
        Arab Initiative

        The initiative has three aims:
        • to train
        • to help
        • 25/02/2010
        • 24/02/2010 - Training Workshop
        Officers took part in it.
        """
    assert items(page) == [
        ("2010-04-01", "Parliamentarians unite", ""),
        (
            "2010-03-23",
            "Arab Initiative",
            "The initiative has three aims:\n\n• to train\n• to help",
        ),
        ("2010-02-24", "Training Workshop", "Officers took part in it."),
    ]
    assert others(page) == [(Role.SKIPPED, "date without title", "• 25/02/2010")]


def test_bullets_with_lines_outside_of_their_column_and_undated_titles() -> None:
    page = """
          • 12/05/2010
            UNODC launches new report

            The report was launched on 12 May 2010 in Vienna.

            8 December 2009

            Background
            The Commission met in December to discuss the issue.

          Regional offices

          • 28/04/2010
            Agreement signed
          • Undated title
            With a body that belongs to it.
          • 25/04/2010
        Contact the office in Vienna
        """
    report = (
        "The report was launched on 12 May 2010 in Vienna.\n\n8 December 2009\n\nBackground\n\n"
    )
    assert items(page) == [
        (
            "2010-05-12",
            "UNODC launches new report",
            f"{report}The Commission met in December to discuss the issue.",
        ),
        ("2010-04-28", "Agreement signed", ""),
    ]
    assert others(page) == [
        (Role.NOISE, "heading", "Regional offices"),
        (Role.NOISE, "undated", "• Undated title"),
        (Role.NOISE, "undated", "With a body that belongs to it."),
        (Role.SKIPPED, "date without title", "• 25/04/2010"),
        (Role.NOISE, "footer", "Contact the office in Vienna"),
    ]


def test_bullets_on_lines_of_their_own_and_loose_lists() -> None:
    page = """
        *
        3 May 2010
        First title

        The list:

        * one
          goes on

        * two

        *
        2 May 2010
        Second title
        """
    assert items(page) == [
        ("2010-05-03", "First title", "The list:\n\n• one goes on\n• two"),
        ("2010-05-02", "Second title", ""),
    ]


def test_bullets_with_titles_and_the_date_below() -> None:
    page = """
        • UNODC launches new report
          12 May 2010
          The report was launched in Vienna.
        • Training workshop in Dakar
          3–5 May 2010
          Those who came:
          • trainers
          • trainees
        • Agreement signed
          28 April 2010
        """
    assert items(page) == [
        ("2010-05-12", "UNODC launches new report", "The report was launched in Vienna."),
        (
            "2010-05-03 05-03/05-05",
            "Training workshop in Dakar",
            "Those who came:\n\n• trainers\n• trainees",
        ),
        ("2010-04-28", "Agreement signed", ""),
    ]


def test_dates_above_titles() -> None:
    page = """
        News

        12 May 2010
        UNODC launches new report

        3 May 2010: World Press Freedom Day observed
        UNODC joined the celebrations with a round table.

        28 April 2010

        Monday, 26 April 2010
        Third title
        The Director said: "2020 is far."
        22 to 23 March 2010 were the days.

        Asia and the Pacific

        3 April 2010
        Fourth title
        """
    assert items(page) == [
        ("2010-05-12", "UNODC launches new report", ""),
        (
            "2010-05-03",
            "World Press Freedom Day observed",
            "UNODC joined the celebrations with a round table.",
        ),
        (
            "2010-04-26 03-22/03-23",
            "Third title",
            'The Director said: "2020 is far."\n\n22 to 23 March 2010 were the days.',
        ),
        ("2010-04-03", "Fourth title", ""),
    ]
    assert others(page) == [
        (Role.NOISE, "heading", "News"),
        (Role.SKIPPED, "date without title", "28 April 2010"),
        (Role.NOISE, "heading", "Asia and the Pacific"),
    ]


def test_dates_below_titles() -> None:
    page = """
        UNODC News

        UNODC launches report
        12 May 2010
        The report was launched in Vienna. It is the first of its kind.

        28 April 2010

        Workshop held for officers of the
        border police
        14 April 2010

        Officers from ten countries took part in the workshop.

        Back to top
        """
    assert items(page) == [
        (
            "2010-05-12",
            "UNODC launches report",
            "The report was launched in Vienna. It is the first of its kind.",
        ),
        (
            "2010-04-14",
            "Workshop held for officers of the border police",
            "Officers from ten countries took part in the workshop.",
        ),
    ]
    assert (Role.SKIPPED, "date without title", "28 April 2010") in others(page)


def test_dates_below_titles_alone() -> None:
    page = """
        New manual released
        3 May 2010

        Workshop in Dakar
        28 April 2010
        """
    assert [title for _, title, _ in items(page)] == ["New manual released", "Workshop in Dakar"]


def test_dates_below_texts() -> None:
    page = """
        News

        UNODC launches new report
        The report was launched in Vienna on Monday by the Director.
        12 May 2010

        Training workshop in Dakar
        Officers from ten countries took part in the workshop.
        3 May 2010

        26 April 2010

        Agreement signed
        The agreement was signed by both parties in Geneva.
        28 April 2010
        """
    assert [(day, title) for day, title, _ in items(page)] == [
        ("2010-05-12", "UNODC launches new report"),
        ("2010-05-03", "Training workshop in Dakar"),
        ("2010-04-28", "Agreement signed"),
    ]
    assert items(page)[0][2] == "The report was launched in Vienna on Monday by the Director."
    assert (Role.SKIPPED, "date without title", "26 April 2010") in others(page)


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


def test_a_column_on_an_indented_page() -> None:
    page = (
        "News\n\n    3 May 2010\n\n    Title\n\n    It was so, the office said.\n\nMore news ...\n"
    )
    assert items(page) == [("2010-05-03", "Title", "It was so, the office said.")]
