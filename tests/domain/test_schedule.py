from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ScheduleError
from domain.schedule import Cadence, Schedule, next_due, parse_schedule, read_zone
from tests.domain.zones import MOMENTS, TIMES, ZONES

SCHEDULES = st.one_of(
    st.builds(Schedule, st.just(Cadence.DAILY), TIMES),
    st.builds(Schedule, st.just(Cadence.WEEKLY), TIMES, st.integers(0, 6)),
)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("now", "now"),
        (" NOW ", "now"),
        ("hourly", "hourly"),
        ("daily 08:05", "daily 08:05"),
        ("Daily  8:05", "daily 08:05"),
        ("daily 0:00", "daily 00:00"),
        ("weekly monday 23:59", "weekly monday 23:59"),
        ("weekly SUN 9:00", "weekly sunday 09:00"),
        ("weekly thurs 9:00", "weekly thursday 09:00"),
    ],
)
def test_schedules_are_read_into_one_form(text: str, canonical: str) -> None:
    schedule = parse_schedule(text)
    assert str(schedule) == canonical
    assert parse_schedule(canonical) == schedule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one of"),
        ("sometimes", "one of"),
        ("now now", "one of"),
        ("daily", "at what time"),
        ("daily 24:00", "HH:MM"),
        ("daily 08:60", "HH:MM"),
        ("daily 8", "HH:MM"),
        ("daily ٠٨:٠٠", "HH:MM"),
        ("daily 08:00 09:00", "one of"),
        ("weekly", "on what day"),
        ("weekly 08:00", "on what day"),
        ("weekly mo 08:00", "monday"),
        ("weekly someday 08:00", "monday"),
    ],
)
def test_what_is_no_schedule_is_told(text: str, said: str) -> None:
    with pytest.raises(ScheduleError, match=said) as caught:
        parse_schedule(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "Nowhere/City", "../etc/passwd", "Europe", "a\0b", "é", "/"])
def test_what_is_no_time_zone_is_told(name: str) -> None:
    with pytest.raises(ScheduleError, match="time zone"):
        read_zone(name)


@pytest.mark.parametrize(
    ("schedule", "zone", "after", "due"),
    [
        ("hourly", "Asia/Kathmandu", "2024-05-01T12:00", "2024-05-01T12:15"),
        ("hourly", "Asia/Kathmandu", "2024-05-01T12:15", "2024-05-01T13:15"),
        # Lord Howe's clocks go back from 02:00 to 01:30, and forward from 02:00 to 02:30.
        ("hourly", "Australia/Lord_Howe", "2024-04-06T14:00", "2024-04-06T15:30"),
        ("hourly", "Australia/Lord_Howe", "2024-10-05T14:30", "2024-10-05T16:00"),
        # Vienna's 02:00 comes twice.
        ("hourly", "Europe/Vienna", "2024-10-27T00:00", "2024-10-27T01:00"),
        ("hourly", "UTC", "2024-05-01T12:59:59.999999", "2024-05-01T13:00"),
        ("daily 08:00", "UTC", "2024-05-01T07:59", "2024-05-01T08:00"),
        ("daily 08:00", "UTC", "2024-05-01T08:00", "2024-05-02T08:00"),
        ("daily 08:00", "Asia/Kathmandu", "2024-05-01T02:15", "2024-05-02T02:15"),
        ("weekly wed 08:00", "UTC", "2024-05-01T07:00", "2024-05-01T08:00"),
        ("weekly wed 08:00", "UTC", "2024-05-01T08:00", "2024-05-08T08:00"),
        ("weekly tue 08:00", "UTC", "2024-05-01T08:00", "2024-05-07T08:00"),
        # Clocks are put forward over 02:30: it moves to 03:30 summer time.
        ("daily 02:30", "Europe/Vienna", "2024-03-30T12:00", "2024-03-31T01:30"),
        # Clocks go back over 02:30: the first of the two counts, and once.
        ("daily 02:30", "Europe/Vienna", "2024-10-26T12:00", "2024-10-27T00:30"),
        ("daily 02:30", "Europe/Vienna", "2024-10-27T00:30", "2024-10-28T01:30"),
        # Samoa left 30 December out: its 08:00 falls together with the next day's.
        ("daily 08:00", "Pacific/Apia", "2011-12-29T18:00", "2011-12-30T18:00"),
        ("daily 08:00", "Pacific/Apia", "2011-12-30T18:00", "2011-12-31T18:00"),
    ],
)
def test_when_it_is_next_due(schedule: str, zone: str, after: str, due: str) -> None:
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert next_due(parse_schedule(schedule), zone, start) == expected


@given(zone=st.sampled_from(ZONES), after=MOMENTS)
def test_hourly_is_the_first_full_hour_that_clocks_show(zone: str, after: datetime) -> None:
    due = next_due(Schedule(Cadence.HOURLY), zone, after)
    assert due is not None
    local = due.astimezone(ZoneInfo(zone))
    assert (local.minute, local.second, local.microsecond) == (0, 0, 0)
    quarter = after.replace(minute=after.minute // 15 * 15, second=0, microsecond=0)
    between = [quarter + number * timedelta(minutes=15) for number in range(1, 9)]
    assert due == next(one for one in between if one.astimezone(ZoneInfo(zone)).minute == 0)


def test_now_is_never_due() -> None:
    assert next_due(parse_schedule("now"), "UTC", datetime(2024, 5, 1, tzinfo=UTC)) is None


@given(schedule=SCHEDULES, zone=st.sampled_from(ZONES), after=MOMENTS)
def test_the_next_time_is_later_and_the_same_for_all_who_ask_before_it(
    schedule: Schedule, zone: str, after: datetime
) -> None:
    due = next_due(schedule, zone, after)
    assert due
    assert due.utcoffset() == timedelta(0)
    assert timedelta(0) < due - after <= timedelta(days=15)
    between = after + (due - after) / 2
    assert next_due(schedule, zone, between) == due
    assert next_due(schedule, zone, due) != due


@given(schedule=SCHEDULES, zone=st.sampled_from(ZONES), year=st.integers(2000, 2035))
def test_each_day_or_week_of_a_year_has_one_time(schedule: Schedule, zone: str, year: int) -> None:
    place = ZoneInfo(zone)
    due = next_due(schedule, zone, datetime(year, 1, 1, tzinfo=UTC))
    days: list[date] = []
    while due and due.year == year:
        local = due.astimezone(place)
        days.append(local.date())
        late = datetime.combine(date.min, local.time()) - datetime.combine(date.min, schedule.at)
        assert timedelta(0) <= late <= timedelta(hours=1)
        due = next_due(schedule, zone, due)
    assert days == sorted(set(days))
    if schedule.cadence is Cadence.DAILY:
        assert len(days) >= 364
    else:
        assert len(days) in (51, 52, 53)
        assert [day.weekday() for day in days].count(schedule.weekday) >= len(days) - 1
