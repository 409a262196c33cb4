from datetime import date

import pytest

from domain.dates import gathering_days

PUBLISHED = date(2012, 7, 2)


@pytest.mark.parametrize(
    ("title", "body", "first", "last"),
    [
        ("Workshop, 24-25 June 2012", "", (6, 24), (6, 25)),
        ("Workshop", "On 24 and 25 June, experts met in Lima. They agreed.", (6, 24), (6, 25)),
        ("Atelier", "Du 30 juin au 2 juillet 2012, des juges se sont réunis.", (6, 30), (7, 2)),
        ("研讨会", "8月27日至29日，专家在河内开会。", (8, 27), (8, 29)),
        ("ورشة", "عقدت الورشة يومي 24 و25 يونيو 2012 في تونس.", (6, 24), (6, 25)),
        ("Taller", "Lima\n\n24-25 de junio de 2012\n\nSe reunieron.", (6, 24), (6, 25)),
        ("Семинар", "Семинар прошел 24 и 25 июня в Минске.", (6, 24), (6, 25)),
    ],
)
def test_ranges_are_found_in_titles_lines_and_first_sentences(
    title: str, body: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    expected = (date(2012, *first), date(2012, *last))
    assert gathering_days(title, body, PUBLISHED) == expected


@pytest.mark.parametrize(
    "body",
    [
        "It is held on 24 June 2012.",
        "It runs from 1 January to 31 December 2012.",
        "Experts met. They spoke of much. A like workshop was held on 3-5 May 2012 in Lagos.",
        "Nothing of the kind.",
    ],
)
def test_one_day_a_long_term_and_what_is_told_later_are_no_gathering(body: str) -> None:
    assert gathering_days("Workshop", body, PUBLISHED) is None


def test_a_year_that_is_not_printed_is_the_nearest() -> None:
    body = "From 28 to 30 December, experts meet in Oslo."
    assert gathering_days("", body, date(2012, 1, 5)) == (date(2011, 12, 28), date(2011, 12, 30))
    assert gathering_days("", body, date(2012, 12, 5)) == (date(2012, 12, 28), date(2012, 12, 30))
    assert gathering_days("", body, None) is None


def test_a_leap_day_takes_a_leap_year() -> None:
    body = "Experts meet on 28-29 February in Oslo."
    assert gathering_days("", body, date(2012, 3, 5)) == (date(2012, 2, 28), date(2012, 2, 29))
    assert gathering_days("", body, date(2014, 3, 5)) is None


def test_the_ends_of_the_calendar_are_safe() -> None:
    body = "Experts meet on 28-29 December in Oslo."
    for day in (date.min, date.max):
        gathering_days("", body, day)
