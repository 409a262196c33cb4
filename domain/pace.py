"""Whether a chat may be written to now: its pause, its quiet hours, its daily limit.

What may not go out now either waits in its place until the quiet hours end, or is gathered into
one digest: of what a pause made it miss, or of what was over its limit. Urgent items, which the
publisher marks, pass the quiet hours and the limit, but no pause.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto

from domain.quiet import Quiet, window
from domain.schedule import read_zone

LARGEST_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a chat has asked for."""

    timezone: str = "UTC"
    """IANA name."""
    quiet: Quiet | None = None
    daily_limit: int | None = None
    """Most items told one by one in a day of the chat's own; None: all."""
    paused_until: datetime | None = None
    """None where it is not paused; `FOREVER` where only its people end the pause."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many items a chat was told one by one in the day that ends at `day_ends`."""

    day_ends: datetime | None = None
    count: int = 0


class Course(Enum):
    """What becomes of a message that is due."""

    SEND = auto()
    WAIT = auto()
    """In its place, until the ruling's time."""
    GATHER = auto()
    """For a digest that is due at the ruling's time."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A course, and until when."""

    course: Course
    until: datetime | None = None


SEND = Ruling(Course.SEND)


def judge_push(pace: Pace, told: Told, now: datetime, *, urgent: bool) -> Ruling:
    """Say what becomes of an item's own message that is due."""
    if pace.paused_until is not None:
        return Ruling(Course.GATHER, pace.paused_until)
    if urgent:
        return SEND
    silence = quiet_until(pace, now)
    if silence is not None:
        return Ruling(Course.WAIT, silence)
    if pace.daily_limit is not None and today(told, pace, now).count >= pace.daily_limit:
        return Ruling(Course.GATHER, allowed_from(pace, day_end(pace.timezone, now)))
    return SEND


def judge_digest(pace: Pace, now: datetime) -> Ruling:
    """Say what becomes of a digest that is due: its items go into a later one in a pause."""
    if pace.paused_until is not None:
        return Ruling(Course.GATHER, pace.paused_until)
    silence = quiet_until(pace, now)
    return SEND if silence is None else Ruling(Course.WAIT, silence)


def quiet_until(pace: Pace, now: datetime) -> datetime | None:
    """Return when the quiet hours end that are on at `now`; None where none are."""
    if pace.quiet is None:
        return None
    hours = window(pace.quiet, pace.timezone, now)
    return hours.ends if hours.covers(now) else None


def allowed_from(pace: Pace, moment: datetime) -> datetime:
    """Return the moment, or the end of the quiet hours that it falls in."""
    return quiet_until(pace, moment) or moment


def today(told: Told, pace: Pace, now: datetime) -> Told:
    """Return the count for the day that `now` is in: a new day begins at 0."""
    ends = day_end(pace.timezone, now)
    return told if told.day_ends == ends else Told(ends)


def day_end(zone: str, now: datetime) -> datetime:
    """Return the first moment, in UTC, of the next day in a time zone."""
    place = read_zone(zone)
    day = now.astimezone(place).date()
    while True:
        day += timedelta(days=1)
        ends = datetime.combine(day, time(), place).astimezone(UTC)
        if ends > now:
            return ends
