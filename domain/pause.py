"""For how long a pause is meant to last."""

import re
from datetime import UTC, datetime, time, timedelta

from domain.errors import ScheduleError
from domain.schedule import FOREVER, read_time, read_zone

LONGEST = timedelta(days=3650)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SPAN = re.compile(r"(?:for\s+)?([0-9]{1,5})\s*(h|d|w)(?:ours?|ays?|eeks?)?", re.IGNORECASE)
_DATE = re.compile(
    r"(?:until\s+)?([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[\sT]+([0-9]{1,2}:[0-9]{2}))?", re.IGNORECASE
)
_AT_END = re.compile(
    rf"(?:^|\s)({_SPAN.pattern}|until\b.*|{_DATE.pattern})\s*$", re.IGNORECASE | re.DOTALL
)


def split_pause(text: str) -> tuple[str, str]:
    """Split `[QUERY] [3d | until DATE]` into the query and what `read_pause` is to read."""
    found = _AT_END.search(text)
    if found is None:
        return text.strip(), ""
    return text[: found.start()].strip(), found[1].strip()


def read_pause(text: str, zone: str, now: datetime) -> datetime:
    """Return until when to pause: `12h`, `3d`, `2w`, `until 2026-12-24 [08:00]`, or for ever.

    A day is that day's first moment in the time zone. Raises `ScheduleError` for what cannot be
    read, has passed, or is over ten years off.
    """
    if not text:
        return FOREVER
    until = _span_end(text, now) or _date(text, zone)
    if until is None:
        raise ScheduleError("a pause is written 12h, 3d, 2w or until 2026-12-24")
    if until <= now:
        raise ScheduleError("the end of the pause has passed already")
    if until - now > LONGEST:
        raise ScheduleError("a pause is at most ten years; without an end it lasts until /resume")
    return until


def _span_end(text: str, now: datetime) -> datetime | None:
    read = _SPAN.fullmatch(text)
    return now + int(read[1]) * _UNITS[read[2].lower()] if read else None


def _date(text: str, zone: str) -> datetime | None:
    read = _DATE.fullmatch(text)
    if read is None:
        return None
    try:
        day = datetime.strptime(read[1], "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        at = read_time(read[2]) if read[2] else time()
        return datetime.combine(day, at, read_zone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ScheduleError("there is no such day: dates are written 2026-12-24") from None
