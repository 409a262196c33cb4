"""Quiet hours: the part of each day in which a chat wants no message."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from domain.errors import ScheduleError
from domain.schedule import read_zone

_HOURS = re.compile(
    r"\s*(?:from\s+)?([0-9]{1,2})(?::([0-9]{2}))?\s*(?:-|–|—|to|until)\s*"
    r"([0-9]{1,2})(?::([0-9]{2}))?\s*",
    re.IGNORECASE,
)
_MIDNIGHT = 24
_DAYS_BACK, _DAYS_ON = 2, 3


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local times of day; over midnight where `end` is before `start`."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def covers(self, at: time) -> bool:
        """Tell whether a local time of day is in them; the end is not."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Window:
    """One day's quiet hours, in UTC."""

    starts: datetime
    ends: datetime

    def covers(self, moment: datetime) -> bool:
        """Tell whether a moment is in it; the end is not."""
        return self.starts <= moment < self.ends


def parse_quiet(text: str) -> Quiet:
    """Read `22:00-07:00`, also `22-7` or `from 22:00 to 7:00`. Raises `ScheduleError`."""
    read = _HOURS.fullmatch(text)
    if read:
        from_hour, from_minute, hour, minute = (int(part or 0) for part in read.groups())
        if (hour, minute) == (_MIDNIGHT, 0):
            hour = 0
        try:
            start, end = time(from_hour, from_minute), time(hour, minute)
        except ValueError:
            start = end = time()
        if start != end:
            return Quiet(start, end)
    raise ScheduleError("quiet hours are two times, for example: 22:00-07:00")


def window(quiet: Quiet, zone: str, now: datetime) -> Window:
    """Return the quiet hours that are on at `now`, or else the next ones.

    They hold every moment at which clocks in `zone` show a time in the hours: both passes of an
    hour that comes twice, and whatever is left where clocks skip the start or the end. Raises
    `ScheduleError` for a zone that is not one.
    """
    place = read_zone(zone)
    today = now.astimezone(place).date()
    over_midnight = timedelta(days=int(quiet.end < quiet.start))
    found: Window | None = None
    for days in range(-_DAYS_BACK, _DAYS_ON):
        day = today + timedelta(days=days)
        first = datetime.combine(day, quiet.start, place)
        last = datetime.combine(day + over_midnight, quiet.end, place)
        # The two folds differ where the time comes twice or is skipped.
        starts = min(first.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        ends = max(last.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        if ends > now:
            found = Window(starts, ends)
            break
    if found is None:
        raise AssertionError("a day's quiet hours are within two days of it")
    return found
