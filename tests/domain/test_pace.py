from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.pace import SEND, Course, Pace, Ruling, Told, day_end, judge_digest, judge_push, today
from domain.quiet import Quiet, parse_quiet
from domain.schedule import FOREVER
from tests.domain.zones import MOMENTS, TIMES, ZONES

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
NIGHT = datetime(2024, 5, 1, 23, tzinfo=UTC)
MORNING = datetime(2024, 5, 2, 7, tzinfo=UTC)
MIDNIGHT = datetime(2024, 5, 2, tzinfo=UTC)
QUIET = parse_quiet("22:00-07:00")

PACES = st.builds(
    Pace,
    timezone=st.sampled_from(ZONES),
    quiet=st.none() | st.builds(Quiet, TIMES, TIMES).filter(lambda hours: hours.start != hours.end),
    daily_limit=st.none() | st.integers(1, 20),
    paused_until=st.none() | st.just(FOREVER),
)


def test_a_chat_that_asked_for_nothing_gets_all_at_once() -> None:
    assert judge_push(Pace(), Told(), NIGHT, urgent=False) == SEND
    assert judge_digest(Pace(), NIGHT) == SEND


def test_what_falls_in_quiet_hours_waits_and_what_is_urgent_does_not() -> None:
    pace = Pace(quiet=QUIET)
    assert judge_push(pace, Told(), NIGHT, urgent=False) == Ruling(Course.WAIT, MORNING)
    assert judge_push(pace, Told(), NIGHT, urgent=True) == SEND
    assert judge_digest(pace, NIGHT) == Ruling(Course.WAIT, MORNING)
    assert judge_push(pace, Told(), NOON, urgent=False) == SEND
    assert judge_push(pace, Told(), MORNING, urgent=False) == SEND


def test_what_is_over_the_limit_is_gathered_for_the_days_end() -> None:
    pace, told = Pace(daily_limit=3), Told(MIDNIGHT, 3)
    assert judge_push(pace, Told(MIDNIGHT, 2), NOON, urgent=False) == SEND
    assert judge_push(pace, told, NOON, urgent=False) == Ruling(Course.GATHER, MIDNIGHT)
    assert judge_push(pace, told, NOON, urgent=True) == SEND
    assert judge_push(pace, told, MIDNIGHT, urgent=False) == SEND, "a new day has begun"
    quiet = Pace(daily_limit=3, quiet=QUIET)
    assert judge_push(quiet, told, NOON, urgent=False) == Ruling(Course.GATHER, MORNING)


def test_a_pause_holds_all() -> None:
    until = NOON + timedelta(days=3)
    pace = Pace(paused_until=until, quiet=QUIET, daily_limit=1)
    for urgent in (False, True):
        assert judge_push(pace, Told(), NIGHT, urgent=urgent) == Ruling(Course.GATHER, until)
    assert judge_digest(pace, NOON) == Ruling(Course.GATHER, until)


@given(pace=PACES, now=MOMENTS, count=st.integers(0, 30), urgent=st.booleans())
def test_nothing_is_put_off_to_a_time_at_which_it_is_put_off_again(
    pace: Pace, now: datetime, count: int, urgent: bool
) -> None:
    ruling = judge_push(pace, Told(day_end(pace.timezone, now), count), now, urgent=urgent)
    if ruling.until in (None, FOREVER):
        return
    assert ruling.until > now
    assert ruling.until - now < timedelta(days=4)
    again = judge_digest(pace, ruling.until)
    apart = pace.quiet is None or pace.timezone == "Asia/Kathmandu"
    assert again == SEND or not apart


@given(zone=st.sampled_from(ZONES), now=MOMENTS)
def test_a_day_ends_at_local_midnight_and_is_counted_from_0(zone: str, now: datetime) -> None:
    place = ZoneInfo(zone)
    ends = day_end(zone, now)
    assert timedelta(0) < ends - now <= timedelta(hours=25)
    assert ends.astimezone(place).date() > now.astimezone(place).date()
    assert (ends - timedelta(seconds=1)).astimezone(place).date() == now.astimezone(place).date()
    pace = Pace(timezone=zone)
    assert today(Told(ends, 7), pace, now).count == 7
    assert today(Told(ends, 7), pace, ends) == Told(day_end(zone, ends), 0)
    assert today(Told(), pace, now) == Told(ends, 0)
