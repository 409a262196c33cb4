from datetime import date

import pytest

from domain.dates.occasions import occasion_days, tells_when

PUBLISHED = date(2019, 6, 26)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("From 24 to 25 June 2019 they met", (date(2019, 6, 24), date(2019, 6, 25))),
        ("On 24 and 25 June they met", (date(2019, 6, 24), date(2019, 6, 25))),
        ("Del 28 de diciembre al 3 de enero", (date(2019, 12, 28), date(2020, 1, 3))),
        ("с 2 по 4 июля", (date(2019, 7, 2), date(2019, 7, 4))),
        ("8月27日至29日", (date(2019, 8, 27), date(2019, 8, 29))),
        ("Since 1 May 2009. Now again, 3 July 2019", (date(2019, 7, 3), date(2019, 7, 3))),
        ("26 June 2019 – They met from 20 to 22 June", (date(2019, 6, 20), date(2019, 6, 22))),
        ("26 June 2019 – They met", None),
        ("From 1 January to 30 April 2019", None),
        ("They met on Monday", None),
    ],
)
def test_days(text: str, days: tuple[date, date] | None) -> None:
    assert occasion_days(("A title", text), PUBLISHED) == days


def test_without_a_day_of_publication_only_full_ranges_count() -> None:
    assert occasion_days(("2 to 4 July",), None) is None
    assert occasion_days(("4 July 2019",), None) is None
    assert occasion_days(("2 to 4 July 2019",), None) == (date(2019, 7, 2), date(2019, 7, 4))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 2 to 4 July", True),
        ("on 4 July", False),
        ("at 18:30", True),
        ("at 7 p.m.", True),
        ("à 18 h", True),
        ("в 19 часов", True),
        ("晚上7点", True),
        ("70 p", False),
        ("15,000 people", False),
        ("nothing", False),
    ],
)
def test_times(text: str, found: bool) -> None:
    assert tells_when(text) is found
