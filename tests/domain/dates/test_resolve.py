from datetime import date

import pytest

from domain.dates import PrintedDate, fill_years, in_order, match_date, month_first


def _dates(*texts: str) -> list[PrintedDate]:
    found = [match_date(text) for text in texts]
    assert all(found)
    return [printed for printed in found if printed]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("01/04/2010", "23/03/2010", "05/03/2010"), False),
        (("01/04/2010", "03/23/2010", "05/03/2010"), True),
        (("06/02/2010", "05/11/2010", "05/03/2010"), True),
        (("05/12/2010", "03/11/2010", "02/10/2010"), False),
        (("05/12/2010", "03/11/2010", "09/12/2010"), False),
        (("03/04/2010",), False),
        (("3 May 2010",), False),
        (("23/03/2010", "03/23/2010"), False),
    ],
)
def test_order_of_day_and_month(texts: tuple[str, ...], expected: bool) -> None:
    assert month_first(_dates(*texts)) is expected


def test_other_dates_of_the_page_decide_where_its_own_do_not() -> None:
    assert month_first(_dates("03/04/2010"), _dates("12/31/2009"))
    assert not month_first(_dates("03/04/2010"), _dates("31/12/2009"))


def test_a_date_that_is_impossible_in_the_pages_order_is_read_in_the_other() -> None:
    (printed,) = _dates("03/23/2010")
    assert in_order(printed, swap=False).days() == (date(2010, 3, 23),) * 2
    (printed,) = _dates("23/03/2010")
    assert in_order(printed, swap=True).days() == (date(2010, 3, 23),) * 2


def test_years_come_from_the_neighbours() -> None:
    dates = _dates("5 January 2010", "30 – 31 December", "20 December 2009", "3 December")
    found = fill_years(dates, [None] * 4)
    assert [days and days[0].isoformat() for days in found] == [
        "2010-01-05",
        "2009-12-30",
        "2009-12-20",
        "2009-12-03",
    ]


def test_years_come_from_the_heading_above() -> None:
    dates = _dates("5 January 2010", "3 December")
    assert fill_years(dates, [None, 2007])[1] == (date(2007, 12, 3), date(2007, 12, 3))


def test_no_year_anywhere() -> None:
    assert fill_years(_dates("3 December"), [None]) == [None]
    dates = _dates("29 February", "1 March 2010")
    assert fill_years(dates, [None, None])[0] is None
