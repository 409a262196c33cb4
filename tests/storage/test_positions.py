from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import StoreError
from storage.positions import LAST_ID, first_of, item_at, position_of

MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
IDS = st.integers(1, LAST_ID)


@given(first=st.tuples(MOMENTS, IDS), second=st.tuples(MOMENTS, IDS))
def test_newer_items_stand_higher_and_of_one_second_the_first_stored(
    first: tuple[datetime, int], second: tuple[datetime, int]
) -> None:
    positions = position_of(*first), position_of(*second)
    assert [item_at(position) for position in positions] == [first[1], second[1]]
    assert (positions[0] > positions[1]) == (
        (first[0], -first[1]) > (second[0], -second[1])  # the lesser id of one second is higher
    )
    assert all(-(2**63) <= position < 2**63 for position in positions)


@given(at=MOMENTS, row_id=IDS, day=st.dates())
def test_days_are_ranges(at: datetime, row_id: int, day: date) -> None:
    assert (position_of(at, row_id) >= first_of(day)) == (at.date() >= day)


def test_ids_have_an_end() -> None:
    with pytest.raises(StoreError, match="full"):
        position_of(datetime(2020, 1, 1, tzinfo=UTC), LAST_ID + 1)
