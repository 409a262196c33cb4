"""When a subscription's next digest is due."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import ScheduleError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY, _WEEK = 1, 7
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")


class Cadence(StrEnum):
    """How often messages go out."""

    NOW = "now"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that was read; `str` gives its canonical form, e.g. `weekly monday 07:30`."""

    cadence: Cadence
    at: time = time()
    """Local time of day, for `daily` and `weekly`."""
    weekday: int = 0
    """0 is Monday, for `weekly`."""

    def __str__(self) -> str:
        match self.cadence:
            case Cadence.DAILY:
                return f"daily {self.at:%H:%M}"
            case Cadence.WEEKLY:
                return f"weekly {DAYS[self.weekday]} {self.at:%H:%M}"
            case _:
                return self.cadence.value


NOW = Schedule(Cadence.NOW)


def parse_schedule(text: str) -> Schedule:
    """Read `now`, `hourly`, `daily HH:MM` or `weekly DAY HH:MM`; case does not count.

    DAY is an English weekday or its first three letters or more. Raises `ScheduleError`.
    """
    match text.casefold().split():
        case ["now"]:
            return NOW
        case ["hourly"]:
            return Schedule(Cadence.HOURLY)
        case ["daily", at]:
            return Schedule(Cadence.DAILY, _time(at))
        case ["weekly", day, at]:
            return Schedule(Cadence.WEEKLY, _time(at), _weekday(day))
        case ["daily"]:
            raise ScheduleError("say at what time, for example: daily 08:00")
        case ["weekly", *_]:
            raise ScheduleError(
                "say on what day and at what time, for example: weekly monday 08:00"
            )
        case _:
            raise ScheduleError(
                "a schedule is one of: now, hourly, daily 08:00, weekly monday 08:00"
            )


def read_zone(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name; raises `ScheduleError`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ScheduleError(
            "not a time zone; they are named like Europe/Vienna, Asia/Bangkok or UTC"
        ) from None


def next_due(schedule: Schedule, zone: str, after: datetime) -> datetime | None:
    """Return the first time later than `after` at which the schedule is due, in UTC.

    None for `now`. `hourly` is each full hour of UTC. The others are due once a day or week, in
    the local time of `zone`: at the earlier of two when clocks go back over the time, and as much
    later as clocks are put forward when they skip it. Raises `ScheduleError` for a zone that is
    not one.
    """
    match schedule.cadence:
        case Cadence.NOW:
            return None
        case Cadence.HOURLY:
            hour = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            return hour + timedelta(hours=1)
        case Cadence.DAILY:
            return _next_local(schedule.at, read_zone(zone), after, None)
        case Cadence.WEEKLY:
            return _next_local(schedule.at, read_zone(zone), after, schedule.weekday)


def _next_local(at: time, zone: ZoneInfo, after: datetime, weekday: int | None) -> datetime:
    # Yesterday comes first: a time that was skipped can fall on the day after its own.
    day = after.astimezone(zone).date() - timedelta(days=_DAY)
    step = _DAY
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % _WEEK)
        step = _WEEK
    while True:
        # With fold=0 a skipped time is read with the offset before the change: it moves forward.
        due = datetime.combine(day, at, zone).astimezone(UTC)
        if due > after:
            return due
        day += timedelta(days=step)


def _time(text: str) -> time:
    read = _TIME.fullmatch(text)
    if read:
        hour, minute = int(read[1]), int(read[2])
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ScheduleError("a time is written HH:MM, from 00:00 to 23:59")


def _weekday(text: str) -> int:
    if len(text) >= 3:
        for number, name in enumerate(DAYS):
            if name.startswith(text):
                return number
    raise ScheduleError("a day is one of: " + ", ".join(DAYS))
