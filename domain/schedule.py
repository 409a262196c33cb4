"""When a subscription's next digest is due."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import ScheduleError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = 60
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

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of what has none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of a subscription that is due."""

    makes_digest: bool
    next_due: datetime | None
    """None: its items are told one by one again."""


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
            return Schedule(Cadence.DAILY, read_time(at))
        case ["weekly", day, at]:
            return Schedule(Cadence.WEEKLY, read_time(at), _weekday(day))
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

    None for `now`. All others go by the local time of `zone`: `hourly` is each full hour that
    clocks there show. The rest are due once a day or week: at the earlier of two when clocks go
    back over the time, and as much later as clocks are put forward when they skip it. Raises
    `ScheduleError` for a zone that is not one.
    """
    match schedule.cadence:
        case Cadence.NOW:
            return None
        case Cadence.HOURLY:
            return _next_hour(read_zone(zone), after)
        case Cadence.DAILY:
            return _next_local(schedule.at, read_zone(zone), after, None)
        case Cadence.WEEKLY:
            return _next_local(schedule.at, read_zone(zone), after, schedule.weekday)


def take_turn(
    schedule: Schedule,
    zone: str,
    now: datetime,
    *,
    holds_items: bool,
    wants_empty: bool = False,
    paused_until: datetime | None = None,
) -> Turn:
    """Say what becomes of a subscription that is due at `now`, or was while nobody looked.

    One digest tells all that is held, however many times have passed. In a pause there is none,
    and what is held stays for the first one after it. An empty one is made only where asked for.
    """
    due = first_due(schedule, zone, now, paused_until)
    if paused_until is not None and paused_until > now:
        return Turn(makes_digest=False, next_due=due)
    empty = wants_empty and schedule.cadence is not Cadence.NOW
    return Turn(makes_digest=holds_items or empty, next_due=due)


def first_due(
    schedule: Schedule, zone: str, now: datetime, paused_until: datetime | None = None
) -> datetime | None:
    """Return when a subscription is next due, after its pause where it has one.

    One to `now` is due when its pause ends, with a digest of what it missed.
    """
    if paused_until is None or paused_until <= now:
        return next_due(schedule, zone, now)
    if schedule.cadence is Cadence.NOW or paused_until == FOREVER:
        return paused_until
    # A time that falls together with the end of the pause counts.
    return next_due(schedule, zone, paused_until - timedelta(microseconds=1))


def brought_back(
    schedule: Schedule, zone: str, due: datetime, now: datetime, paused_until: datetime | None
) -> datetime:
    """Return when a subscription is due once the clock was set back: no later than its next time.

    What the clock passed while it was wrong comes again; that each period has one digest is kept
    by their rows.
    """
    expected = first_due(schedule, zone, now, paused_until)
    return due if expected is None else min(due, expected)


def _next_hour(zone: ZoneInfo, after: datetime) -> datetime:
    minute = after.astimezone(zone).minute
    due = after.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=_HOUR - minute)
    # Some clocks are set by half an hour.
    while minute := due.astimezone(zone).minute:
        due += timedelta(minutes=_HOUR - minute)
    return due


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


def read_time(text: str) -> time:
    """Read a time of day, `8:05` or `08:05`; raises `ScheduleError`."""
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
