from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import MONTHS, find_dates, match_date, read_month

DAYS = [
    ("3 May 2010", "2010-05-03"),
    ("03 May 2010", "2010-05-03"),
    ("3\u00a0May\u00a02010", "2010-05-03"),
    ("3rd of May, 2010", "2010-05-03"),
    ("3-May-2010", "2010-05-03"),
    ("May 3, 2010", "2010-05-03"),
    ("May 3rd 2010", "2010-05-03"),
    ("Jan. 3, 2010", "2010-01-03"),
    ("Sept. 3 2010", "2010-09-03"),
    ("Monday, 3 May 2010", "2010-05-03"),
    ("MONDAY 3 MAY 2010", "2010-05-03"),
    ("lundi 3 mai 2010", "2010-05-03"),
    ("1er mai 2010", "2010-05-01"),
    ("le 15 août 2010", "2010-08-15"),
    ("1º de mayo de 2010", "2010-05-01"),
    ("3 de mayo del 2010", "2010-05-03"),
    ("lunes, 3 de mayo de 2010", "2010-05-03"),
    ("3 мая 2010 г.", "2010-05-03"),
    ("3 мая 2010 года", "2010-05-03"),
    ("понедельник, 3 мая 2010", "2010-05-03"),
    ("25.02.2010г.", "2010-02-25"),
    ("3 مايو 2010", "2010-05-03"),
    ("٣ أيار/مايو ٢٠١٠", "2010-05-03"),
    ("3 أيار (مايو) 2010", "2010-05-03"),
    ("3 كانون الثاني/يناير 2010", "2010-01-03"),
    ("2010年5月3日", "2010-05-03"),
    ("2010年5月3日（星期一）", "2010-05-03"),
    ("二〇一〇年五月十三日", "2010-05-13"),
    ("二〇一〇年十一月二十一日", "2010-11-21"),
    ("2010-05-03", "2010-05-03"),
    ("2010/5/3", "2010-05-03"),
    ("03.05.2010", "2010-05-03"),
    ("03-05-2010", "2010-05-03"),
]

RANGES = [
    ("22 to 23 March 2010", "2010-03-22", "2010-03-23"),
    ("5-7 May 2009", "2009-05-05", "2009-05-07"),
    ("22 – 24 June 2009", "2009-06-22", "2009-06-24"),
    ("6 and 7 July 2009", "2009-07-06", "2009-07-07"),
    ("30 November – 3 December 2008", "2008-11-30", "2008-12-03"),
    ("30 December 2008 – 2 January 2009", "2008-12-30", "2009-01-02"),
    ("30 December – 2 January 2009", "2008-12-30", "2009-01-02"),
    ("30 December 2008 – 2 January", "2008-12-30", "2009-01-02"),
    ("March 22-25, 2010", "2010-03-22", "2010-03-25"),
    ("March 30 – April 2, 2010", "2010-03-30", "2010-04-02"),
    ("From 22 to 25 February 2010", "2010-02-22", "2010-02-25"),
    ("Tuesday 22 to Friday 25 February 2010", "2010-02-22", "2010-02-25"),
    ("du 22 au 25 février 2010", "2010-02-22", "2010-02-25"),
    ("del 22 al 25 de febrero de 2010", "2010-02-22", "2010-02-25"),
    ("с 22 по 25 февраля 2010 г.", "2010-02-22", "2010-02-25"),
    ("من 22 إلى 25 شباط/فبراير 2010", "2010-02-22", "2010-02-25"),
    ("2010年5月3日至5日", "2010-05-03", "2010-05-05"),
    ("22/03/2010 - 25/03/2010", "2010-03-22", "2010-03-25"),
    ("22-25/03/2010", "2010-03-22", "2010-03-25"),
    ("2010-03-22 to 2010-03-25", "2010-03-22", "2010-03-25"),
]

NO_DATES = [
    "2020 - A Year in Review",
    "31/02/2010",
    "31 June 2010",
    "May 2010",
    "3 Mayors",
    "3",
    "",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    printed = match_date(text)
    assert printed is not None
    assert printed.end == len(text)
    assert printed.last is None
    assert printed.days() == (date.fromisoformat(day),) * 2


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_ranges(text: str, first: str, last: str) -> None:
    printed = match_date(text)
    assert printed is not None
    assert printed.end == len(text)
    assert printed.days() == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert match_date(text) is None


@pytest.mark.parametrize("text", ["3 – 4 August", "3 August", "August 3", "8月3日", "25 de agosto"])
def test_without_a_year(text: str) -> None:
    printed = match_date(text)
    assert printed is not None
    assert not printed.has_year
    assert printed.days() is None
    days = printed.days(2009)
    assert days is not None
    assert days[0].month == 8


def test_a_range_backwards_is_none() -> None:
    assert match_date("25-22 March 2010") is None


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2013-04-26 15:41:29.0", "2013-04-26", time(15, 41, 29)),
        ("3 May 2010 at 15:30", "2010-05-03", time(15, 30)),
        ("May 3, 2010 5:30 p.m.", "2010-05-03", time(17, 30)),
        ("May 3, 2010 12:05 am", "2010-05-03", time(0, 5)),
        ("3 mai 2010 à 15h30", "2010-05-03", time(15, 30)),
        ("2010-05-03T23:30:00-05:00", "2010-05-04", time(4, 30)),
        ("2010-05-03T01:30+02:00", "2010-05-02", time(23, 30)),
        ("2010-05-03T01:30Z", "2010-05-03", time(1, 30)),
        ("2010-05-03 29:30", "2010-05-03", None),
    ],
)
def test_times_of_day(text: str, day: str, clock: time | None) -> None:
    printed = match_date(text)
    assert printed is not None
    assert printed.clock == clock
    days = printed.days()
    assert days is not None
    assert days[0].isoformat() == day


def test_swapping_day_and_month() -> None:
    printed = match_date("03/04/2010 - 05/04/2010")
    assert printed is not None
    assert printed.open_order
    assert printed.days() == (date(2010, 4, 3), date(2010, 4, 5))
    assert printed.swapped().days() == (date(2010, 3, 4), date(2010, 5, 4))


def test_dates_in_running_text() -> None:
    text = "On 28 March, from 26 to 29 January 2010, in 2018 and on 12/31/2010; 20105 May 2010x."
    found = [text[p.start : p.end] for p in find_dates(text)]
    assert found == ["On 28 March", "from 26 to 29 January 2010", "on 12/31/2010"]


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("March 2010", 2010, 3),
        ("Mayo de 2010", 2010, 5),
        ("Май 2010 г.", 2010, 5),
        ("2010年5月", 2010, 5),
        ("– 2010 –", 2010, None),
    ],
)
def test_month_headings(text: str, year: int, month: int | None) -> None:
    assert read_month(text) == (year, month)


@pytest.mark.parametrize("text", ["March", "2010 in review", "3 May 2010", "x" * 50 + "2010"])
def test_what_is_no_month_heading(text: str) -> None:
    assert read_month(text) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_every_month_name_reads_back(day: date, name: str) -> None:
    number = MONTHS[name]
    printed = match_date(f"{min(day.day, 28)} {name.title()} {day.year}")
    assert printed is not None
    assert printed.days() == (date(day.year, number, min(day.day, 28)),) * 2


@given(st.text(alphabet="0123456789 -/.,–年月日Mayjun十二to:T", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for printed in find_dates(text):
        assert 0 <= printed.start < printed.end <= len(text)
        assert printed.possible or printed.swapped().possible
