from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.query import NameIndex, dates, parse
from domain.query.tree import Age, PublishedIn


@pytest.mark.parametrize(
    ("text", "first", "after_last"),
    [
        ("on:2021", date(2021, 1, 1), date(2022, 1, 1)),
        ("on:2021-12", date(2021, 12, 1), date(2022, 1, 1)),
        ("on:2021-06-09", date(2021, 6, 9), date(2021, 6, 10)),
        ("on:2021-6", date(2021, 6, 1), date(2021, 7, 1)),
        ("on:٢٠٢١", date(2021, 1, 1), date(2022, 1, 1)),
        ('on:"december 2021"', date(2021, 12, 1), date(2022, 1, 1)),
        ("on:9999", date(9999, 1, 1), None),
        ("on:9999-12-31", date(9999, 12, 31), None),
        ("after:2020", date(2020, 1, 1), None),
        ("before:2021-06", None, date(2021, 6, 1)),
        ("after:2020 before:2021-06", date(2020, 1, 1), date(2021, 6, 1)),
        ("after:2021 before:2020", date(2021, 1, 1), date(2020, 1, 1)),
    ],
)
def test_fields_are_spans_of_days(
    text: str, first: date | None, after_last: date | None, names: NameIndex
) -> None:
    assert parse(text, names).tree == PublishedIn(first, after_last)


@pytest.mark.parametrize(("text", "days"), [("1d", 1), ("2w", 14), ("6m", 180), ("1y", 365)])
def test_ages_are_days(text: str, days: int, names: NameIndex) -> None:
    assert parse(f"last:{text}", names).tree == Age(days)


@given(one=st.dates(), other=st.dates(), from_open=st.booleans(), to_open=st.booleans())
def test_what_is_written_is_read_back(
    one: date, other: date, from_open: bool, to_open: bool, names: NameIndex
) -> None:
    if from_open and to_open:
        return
    published = PublishedIn(None if from_open else one, None if to_open else other)
    assert parse(dates.written(published), names).tree == published


@given(st.text())
def test_any_text_is_a_span_or_none(text: str) -> None:
    for found in (dates.span(text), dates.joined(text)):
        assert found is None or (found.first or found.after_last)
