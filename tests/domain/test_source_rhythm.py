from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sources import Hints
from domain.sources.rhythm import LONGEST, SLOWEST, next_poll, next_try, pace_of

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BASE = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_the_pace_is_the_usual_distance() -> None:
    moments = [NOW - HOUR * hours for hours in (1, 3, 5, 7, 50)]
    assert pace_of(moments, NOW) == HOUR * 2


def test_a_silent_source_slows_down() -> None:
    moments = [NOW - DAY * 40 - HOUR * hours for hours in (1, 2, 3)]
    assert pace_of(moments, NOW) == (DAY * 40 + HOUR) / 2


@pytest.mark.parametrize("moments", [[], [NOW], [NOW, NOW], [NOW + DAY, NOW + DAY * 2, NOW]])
def test_no_pace_without_two_moments_that_have_passed(moments: list[datetime]) -> None:
    assert pace_of(moments, NOW) is None


@pytest.mark.parametrize(
    ("hints", "max_age", "wait"),
    [
        (Hints(), None, BASE),
        (Hints(pace=HOUR / 2), None, BASE),
        (Hints(pace=HOUR * 4), None, HOUR),
        (Hints(pace=DAY * 300), None, BASE * SLOWEST),
        (Hints(ttl=HOUR), None, HOUR),
        (Hints(), HOUR * 2, HOUR * 2),
        (Hints(ttl=timedelta(seconds=1)), timedelta(seconds=1), BASE),
        (Hints(ttl=DAY * 3650), None, LONGEST),
        (Hints(), DAY * 3650, LONGEST),
        (Hints(skip_hours=frozenset((12, 13))), None, BASE + HOUR * 2),
        (Hints(skip_hours=frozenset(range(24))), None, BASE),
        (Hints(skip_days=frozenset((2,))), None, BASE + HOUR * 12),
    ],
)
def test_the_next_poll(hints: Hints, max_age: timedelta | None, wait: timedelta) -> None:
    assert next_poll(NOW, BASE, hints, max_age=max_age) == NOW + wait


@pytest.mark.parametrize(
    ("failures", "retry_after", "wait"),
    [
        (1, None, BASE),
        (2, None, BASE * 2),
        (5, None, BASE * 16),
        (1_000, None, DAY),
        (1, HOUR * 5, HOUR * 5),
        (1_000, HOUR, DAY),
        (1, DAY * 3650, DAY * 7),
    ],
)
def test_the_next_try(failures: int, retry_after: timedelta | None, wait: timedelta) -> None:
    assert next_try(NOW, BASE, failures, retry_after=retry_after) == NOW + wait


@given(
    st.timedeltas(min_value=timedelta(), max_value=DAY * 10_000),
    st.timedeltas(min_value=timedelta(), max_value=DAY * 10_000),
    st.floats(0, 1),
)
def test_a_jitter_never_undercuts_and_no_source_is_lost(
    pace: timedelta, ttl: timedelta, jitter: float
) -> None:
    hints = Hints(pace=pace, ttl=ttl)
    due = next_poll(NOW, BASE, hints, jitter=jitter)
    assert next_poll(NOW, BASE, hints) <= due <= NOW + LONGEST * 1.1
    assert due >= NOW + min(ttl, LONGEST)
