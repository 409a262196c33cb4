from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import ScheduleError
from domain.quiet import Quiet, parse_quiet, window
from tests.domain.zones import MOMENTS, TIMES, ZONES


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("22:00-07:00", "22:00-07:00"),
        (" 22 – 7 ", "22:00-07:00"),
        ("from 23:30 to 6:15", "23:30-06:15"),
        ("13:00 until 15:00", "13:00-15:00"),
        ("20-24:00", "20:00-00:00"),
        ("0:00-6", "00:00-06:00"),
    ],
)
def test_quiet_hours_are_read_into_one_form(text: str, canonical: str) -> None:
    assert str(parse_quiet(text)) == canonical
    assert parse_quiet(canonical) == parse_quiet(text)


@pytest.mark.parametrize(
    "text", ["", "22", "22:00-22:00", "25-7", "7:60-8", "٢٢-٧", "night", "24-7"]
)
def test_what_are_no_quiet_hours_is_told(text: str) -> None:
    with pytest.raises(ScheduleError, match="22:00-07:00"):
        parse_quiet(text)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "starts", "ends"),
    [
        ("22-7", "UTC", "2024-05-01T12:00", "2024-05-01T22:00", "2024-05-02T07:00"),
        ("22-7", "UTC", "2024-05-01T06:59", "2024-04-30T22:00", "2024-05-01T07:00"),
        ("22-7", "UTC", "2024-05-01T07:00", "2024-05-01T22:00", "2024-05-02T07:00"),
        ("13-15", "UTC", "2024-05-01T14:00", "2024-05-01T13:00", "2024-05-01T15:00"),
        # The night in which clocks are put forward is an hour shorter, the other one longer.
        ("22-7", "Europe/Vienna", "2024-03-31T00:00", "2024-03-30T21:00", "2024-03-31T05:00"),
        ("22-7", "Europe/Vienna", "2024-10-27T00:00", "2024-10-26T20:00", "2024-10-27T06:00"),
        # Both passes of the hour that comes twice are quiet.
        ("2-2:30", "Europe/Vienna", "2024-10-27T00:10", "2024-10-27T00:00", "2024-10-27T01:30"),
    ],
)
def test_when_it_is_quiet(hours: str, zone: str, now: str, starts: str, ends: str) -> None:
    found = window(parse_quiet(hours), zone, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found.starts == datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert found.ends == datetime.fromisoformat(ends).replace(tzinfo=UTC)


@given(start=TIMES, end=TIMES, zone=st.sampled_from(ZONES), now=MOMENTS)
def test_the_window_holds_every_moment_that_the_clock_calls_quiet(
    start: time, end: time, zone: str, now: datetime
) -> None:
    assume(start != end)
    quiet = Quiet(start, end)
    found = window(quiet, zone, now)
    assert found.starts < found.ends
    assert found.ends > now
    assert found.ends - found.starts <= timedelta(hours=50)
    if quiet.covers(now.astimezone(ZoneInfo(zone)).time()):
        assert found.covers(now)
    ended = window(quiet, zone, found.ends)
    assert ended.ends > found.ends


@given(start=TIMES, end=TIMES, now=MOMENTS)
def test_without_changes_of_the_clock_the_window_is_the_hours(
    start: time, end: time, now: datetime
) -> None:
    assume(start != end)
    quiet = Quiet(start, end)
    at = now.astimezone(ZoneInfo("Asia/Kathmandu")).time()
    assert window(quiet, "Asia/Kathmandu", now).covers(now) is quiet.covers(at)
