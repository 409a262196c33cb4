"""Unseen pages: bodies, titles, articles, and what stands around them."""

import pytest

from feeds.upstream.formats.listing import Role
from tests.feeds.upstream.formats.listing.pages import items, others, read

WRAPPED = """
    12 May 2010
    UNODC launches a new and very long report on the smuggling of migrants
    in East and Southern Africa

    The report was launched in Vienna on Monday by the Executive Director of
    UNODC. It is the first of its kind, and it was prepared by experts from
    ten countries who met on
    12 May 2010 in Geneva. The authors thank all of them for what they have
    done in the last months.

    A second paragraph follows here that is a bit longer than a single line,
    so that it is wrapped too. It ends with a word that is set in hyphens: a
    by-product. Read more

    March 2010

    3 March 2010
    Short title
    The body follows the title directly without any blank line between them,
    and it goes on for several lines, so that one can see that it is a body
    and no title at all.
    A new paragraph starts here.
    """


def test_hard_wrapped_text() -> None:
    first, second = items(WRAPPED)
    assert first[1] == (
        "UNODC launches a new and very long report on the smuggling of migrants"
        " in East and Southern Africa"
    )
    one, two = first[2].split("\n\n")
    assert "Director of UNODC. It is" in one
    assert "who met on 12 May 2010 in Geneva." in one
    assert two.endswith("set in hyphens: a by-product.")
    assert second[2].split("\n\n")[1] == "A new paragraph starts here."
    assert others(WRAPPED) == [(Role.NOISE, "heading", "March 2010")]


def test_breaks_inside_of_sentences_and_between_paragraphs() -> None:
    page = """
        3 May 2010
        A title that goes on
        on a second line
        The Protocol is
        now available in French. It can be
        read by all.
        A new sentence is a new paragraph.
        Background
        The story began in 2008, when the office opened.
        The aims are:
        Peace and justice
        - first

          goes on here
        - second
        """
    (item,) = items(page)
    assert item[1] == "A title that goes on on a second line"
    assert item[2].split("\n\n") == [
        "The Protocol is now available in French. It can be read by all.",
        "A new sentence is a new paragraph.",
        "Background",
        "The story began in 2008, when the office opened.",
        "The aims are:",
        "Peace and justice",
        "• first",
        "goes on here",
        "• second",
    ]


def test_titles() -> None:
    page = """
        3 May 2010
        COVID-19 and Crime:
        How Smugglers Prosper
        The text of it is here.

        2 May 2010
        2020 - A Year in Review

        1 May 2010
        By Jane Doe
        Photo: UNODC
        The title below byline and credit
        The text is here too.
        """
    assert [(title, body) for _, title, body in items(page)] == [
        ("COVID-19 and Crime: How Smugglers Prosper", "The text of it is here."),
        ("2020 - A Year in Review", ""),
        ("The title below byline and credit", "By Jane Doe\n\nThe text is here too."),
    ]
    assert read(page).entries[2].draft.photo_credit == "UNODC"


def test_captions_on_lines_of_their_own() -> None:
    page = """
        3 May 2010
        A title
        Officials at the launch in Vienna. Photo: UNODC/J. Smith
        The Director spoke in Vienna on Monday. He said that we must act.

        Photo: Runners at the start of the race in Nairobi

        The race was long.

        Read more
        """
    (entry,) = read(page).entries
    assert entry.draft.photo_credit == "UNODC/J. Smith"
    assert entry.draft.caption == (
        "Officials at the launch in Vienna.\nRunners at the start of the race in Nairobi"
    )
    assert entry.draft.body == (
        "The Director spoke in Vienna on Monday. He said that we must act.\n\nThe race was long."
    )
    reasons = [line.reason for line in read(page).account]
    assert reasons == ["date", "title", "caption", "body", "caption", "body", "stub"]


@pytest.mark.parametrize(
    ("opening", "days"),
    [
        ("From 22 to 25 February 2010 in Abuja, Nigeria, UNODC held a workshop.", "02-22/02-25"),
        ("UNODC organized a conference from 26 to 29 January 2010 in Athens.", "01-26/01-29"),
        ("22 to 23 March 2010\n\nThe initiative was launched in Doha.", "03-22/03-23"),
        ("Du 25 au 28 mars 2010, l'ONUDC a organisé un atelier.", "03-25/03-28"),
        ("UNODC met on 8 December 2009 in Vienna.", ""),
        ("From 1 January to 31 December 2009, UNODC seized ten tons.", ""),
        ("One sentence here. Another sentence here. Later, from 1 to 2 May 2010, they met.", ""),
    ],
)
def test_days_of_events_in_bodies(opening: str, days: str) -> None:
    page = (
        f"• 25/03/2010\n  Title\n\n  {opening.replace(chr(10), chr(10) + '  ')}\n• 01/02/2010\n  T"
    )
    assert items(page)[0][0] == f"2010-03-25 {days}".strip()


def test_footers_and_headings_around_items() -> None:
    page = """
        Site map
        Home | About | Contact
        UNODC in Southeast Asia
        The office helps ten countries of the region.

        12 May 2010
        New report

        The report was launched in Vienna.

        « Previous 1 2 3 Next »

        The project is funded
        by the Government

        © 2010 UNODC
        Visit the office on any working day from nine to five.
        """
    assert items(page) == [("2010-05-12", "New report", "The report was launched in Vienna.")]
    assert [reason for _, reason, _ in others(page)] == [
        "menu", "menu", "heading", "introduction", "menu",
        "footer", "footer", "footer", "link stub",
    ]  # fmt: skip


ARTICLE = """
    Home
    UNODC Executive Director visits Kenya

    {opening}

    He met with the President and with students.

    Share
    Follow us
    """


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("VIENNA, 3 May 2010 - The Executive Director visited Kenya this week.", "2010-05-03?"),
        ("3 May 2010 - The Executive Director of UNODC visited Kenya this week.", "2010-05-03?"),
        ("Виена, 3 мая 2010 года - Директор посетил Кению на этой неделе.", "2010-05-03?"),
        ("On 28 March, he came. In 2016, it opened. In 2018, it will close.", "2018-03-28?"),
        ("On 28 March, he came. In 2016, it opened. By 2030, hunger will end.", "2016-03-28?"),
        ("On 28 March, he came. In 2018, the office will publish it.", "2018-03-28?"),
        ("Le 28 mars, il est venu. En 2016, le bureau a ouvert ses portes.", "2016-03-28?"),
        ("Adopted on 15 November 2000. In 2019, ten came. On 5 March, one left.", "2019-03-05?"),
    ],
)
def test_articles_are_dated_by_their_text(opening: str, day: str) -> None:
    page = ARTICLE.format(opening=opening)
    ((published, title, body),) = items(page)
    assert (published, title) == (day, "UNODC Executive Director visits Kenya")
    assert body == f"{opening}\n\nHe met with the President and with students."
    assert [line[2] for line in others(page)] == ["Home", "Share", "Follow us"]


def test_an_article_that_no_date_supports_is_noise() -> None:
    page = ARTICLE.format(opening="The Executive Director of UNODC visited Kenya this week.")
    assert items(page) == []
    assert [reason for _, reason, _ in others(page)].count("introduction") == 2
    assert items("The Executive Director of UNODC visited Kenya on 3 May 2010.") == []
    assert items("Home\nShare") == []


def test_an_article_with_a_date_line_below_its_title() -> None:
    page = """
        UNODC and IOM sign an agreement on migrants

        Published: 3 May 2010

        By Jane Doe

        The agreement was signed by both parties in Geneva.
        """
    ((day, title, _),) = items(page)
    assert (day, title) == ("2010-05-03", "UNODC and IOM sign an agreement on migrants")
