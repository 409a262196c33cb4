"""Years of turns under clocks that do what they like: one digest a period, and nothing lost."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.schedule import (
    FOREVER,
    NOW,
    Cadence,
    Schedule,
    brought_back,
    first_due,
    next_due,
    parse_schedule,
    take_turn,
)
from tests.domain.zones import MOMENTS, TIMES, ZONES

SCHEDULES = st.one_of(
    st.just(Schedule(Cadence.HOURLY)),
    st.builds(Schedule, st.just(Cadence.DAILY), TIMES),
    st.builds(Schedule, st.just(Cadence.WEEKLY), TIMES, st.integers(0, 6)),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Row:
    """A subscription as the store keeps it, and the digests that were made of it."""

    schedule: Schedule
    zone: str
    due: datetime
    seen: datetime
    digests: list[datetime] = field(default_factory=list)
    periods: list[datetime] = field(default_factory=list)

    def tick(self, now: datetime) -> None:
        if now < self.seen:
            self.due = brought_back(self.schedule, self.zone, self.due, now, None)
        self.seen = now
        if self.due <= now:
            turn = take_turn(self.schedule, self.zone, now, holds_items=True)
            if turn.makes_digest and self.due not in self.periods:
                self.periods.append(self.due)
                self.digests.append(now)
            assert turn.next_due is not None
            self.due = turn.next_due


def begin(schedule: Schedule, zone: str, now: datetime) -> Row:
    due = next_due(schedule, zone, now)
    assert due is not None
    return Row(schedule, zone, due, now)


def all_due(schedule: Schedule, zone: str, start: datetime, end: datetime) -> list[datetime]:
    found: list[datetime] = []
    due = next_due(schedule, zone, start)
    while due is not None and due <= end:
        found.append(due)
        due = next_due(schedule, zone, due)
    return found


@given(
    schedule=SCHEDULES,
    zone=st.sampled_from(ZONES),
    year=st.integers(2005, 2030),
    step=st.sampled_from([timedelta(minutes=7), timedelta(minutes=31), HOUR]),
)
def test_a_year_of_ticks_makes_one_digest_a_period(
    schedule: Schedule, zone: str, year: int, step: timedelta
) -> None:
    start = datetime(year, 1, 1, tzinfo=UTC)
    row, now = begin(schedule, zone, start), start
    step = step if schedule.cadence is Cadence.HOURLY else step * 5
    while now < datetime(year + 1, 1, 1, tzinfo=UTC):
        now += min(step, HOUR if schedule.cadence is Cadence.HOURLY else step)
        row.tick(now)
    assert row.periods == all_due(schedule, zone, start, now)


JUMPS = st.lists(
    st.tuples(
        st.sampled_from([timedelta(minutes=-61), -DAY, -3 * DAY, HOUR, 26 * HOUR, 5 * DAY]),
        st.integers(1, 200),
    ),
    max_size=6,
)


@given(schedule=SCHEDULES, zone=st.sampled_from(ZONES), start=MOMENTS, jumps=JUMPS)
def test_whatever_the_clock_does_no_period_has_two_and_each_time_it_passes_has_one(
    schedule: Schedule, zone: str, start: datetime, jumps: list[tuple[timedelta, int]]
) -> None:
    row, now = begin(schedule, zone, start), start
    for jump, ticks in [*jumps, (timedelta(), 400)]:
        now += jump
        row.tick(now)
        for _ in range(ticks):
            before, now = now, now + timedelta(minutes=40)
            row.tick(now)
            for passed in all_due(schedule, zone, before, now):
                assert any(made <= passed for made in row.periods)
                assert row.due > passed
    assert max(Counter(row.periods).values(), default=1) == 1
    since_right = all_due(schedule, zone, now - 200 * timedelta(minutes=40), now)
    assert set(since_right) <= set(row.periods), "a clock that is right again misses nothing"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("text", ["hourly", "daily 02:30", "weekly sunday 02:30"])
def test_a_stop_over_both_changes_of_the_clocks_makes_one(zone: str, text: str) -> None:
    schedule = parse_schedule(text)
    for start in (datetime(2024, 3, 20, tzinfo=UTC), datetime(2024, 10, 20, tzinfo=UTC)):
        row = begin(schedule, zone, start)
        back = start + 20 * DAY
        row.tick(back)
        assert len(row.digests) == 1
        assert row.due > back
        row.tick(back + timedelta(minutes=1))
        assert len(row.digests) == 1


@given(schedule=SCHEDULES, zone=st.sampled_from(ZONES), now=MOMENTS, days=st.integers(0, 40))
def test_after_a_pause_the_first_time_counts_that_is_not_before_its_end(
    schedule: Schedule, zone: str, now: datetime, days: int
) -> None:
    end = now + days * DAY
    due = first_due(schedule, zone, now, end)
    assert due is not None
    assert due >= end
    expected = all_due(schedule, zone, end - timedelta(microseconds=1), due)
    assert expected == [due] or days == 0
    assert first_due(NOW, zone, now, end) == (end if days else None)
    assert first_due(schedule, zone, now, FOREVER) == FOREVER


@pytest.mark.parametrize(
    ("schedule", "holds", "wants_empty", "makes"),
    [
        ("daily 08:00", True, False, True),
        ("daily 08:00", False, False, False),
        ("daily 08:00", False, True, True),
        ("now", True, False, True),
        ("now", False, True, False),
    ],
)
def test_nothing_new_is_told_only_where_asked_for(
    schedule: str, holds: bool, wants_empty: bool, makes: bool
) -> None:
    now = datetime(2024, 5, 1, 8, tzinfo=UTC)
    read = parse_schedule(schedule)
    turn = take_turn(read, "UTC", now, holds_items=holds, wants_empty=wants_empty)
    assert turn.makes_digest is makes
    assert turn.next_due == next_due(read, "UTC", now)
    paused = take_turn(read, "UTC", now, holds_items=True, paused_until=now + DAY)
    assert not paused.makes_digest
    assert paused.next_due == now + DAY


def test_local_time_is_kept_over_the_years() -> None:
    for zone in ZONES:
        for due in all_due(
            parse_schedule("daily 08:00"),
            zone,
            datetime(2020, 1, 1, tzinfo=UTC),
            datetime(2023, 1, 1, tzinfo=UTC),
        ):
            assert due.astimezone(ZoneInfo(zone)).hour == 8
