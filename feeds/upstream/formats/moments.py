"""When the entries of an RSS or Atom document were published.

feedparser reads dates as the standards have them, and takes others for something else now and then;
what it says is held against the numbers that are told. Other dates are read as people print them.
"""

import re
from calendar import timegm
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from domain.dates import PrintedDate, find_dates, in_order, month_first
from domain.model import Published

_NUMBER = re.compile(r"\d+")
_UNIX = re.compile(r"([0-9]{10})(?:[0-9]{3})?")
"""Seconds or milliseconds since 1970, from 2001 to 2286."""
_NO_DAY = re.compile(r"\d{4}(?:-\d\d)?")
"""A year or month (W3C, Date and Time Formats)."""
_COMPACT = 8
"""Digits of a date without anything between its parts."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Told:
    """A date of an entry, and what can be made of it: read by a standard, or as printed."""

    moment: Published | None
    printed: PrintedDate | None


def published(entries: Sequence[Any]) -> list[Published | None]:
    """Return the date of each entry that feedparser has read: published, else updated.

    Where only numbers tell the day and the month, their order is that of the whole document; they
    are no date where nothing in it tells the order.
    """
    told = [list(_told(one)) for one in entries]
    printed = [one.printed for dates in told for one in dates if one.printed]
    swap = month_first(printed) if any(map(_tells_order, printed)) else None
    return [next(filter(None, (_chosen(one, swap=swap) for one in dates)), None) for dates in told]


def _tells_order(printed: PrintedDate) -> bool:
    return printed.open_order and printed.possible != printed.swapped().possible


def _chosen(told: _Told, *, swap: bool | None) -> Published | None:
    printed = told.printed
    if told.moment is not None or printed is None or (printed.open_order and swap is None):
        return told.moment
    day = in_order(printed, swap=bool(swap)).first.on()
    if day is None:
        return None
    return Published(
        datetime.combine(day, printed.clock or time.min, UTC) + timedelta(days=printed.shift),
        day_only=printed.clock is None,
    )


def _told(one: Any) -> Iterator[_Told]:
    for name in ("published", "updated", "created"):
        # Looked for first, as feedparser warns where it gives one date in place of another.
        if name in one and f"{name}_parsed" in one:
            text = str(one[name]).strip()
            printed = next(find_dates(text), None)
            is_foreign = printed is not None and not text.isascii()
            yield _Told(None if is_foreign else _moment(text, one[f"{name}_parsed"]), printed)


def _moment(text: str, parsed: Any) -> Published | None:
    """Return a date by its standard; None where `parsed` is none of the day that the text names."""
    seconds = _UNIX.fullmatch(text)
    if seconds is not None:
        return Published(datetime.fromtimestamp(int(seconds[1]), UTC), day_only=False)
    try:
        at = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
        agrees = at is not None and _agrees(at, text)
    except (ValueError, OverflowError, OSError):
        return None
    return Published(at, day_only=len(text) <= len("2009-06-22")) if at and agrees else None


def _agrees(at: datetime, text: str) -> bool:
    """Tell whether a text names a date's year and day, which another zone moves by one."""
    if f"{at.year % 100:02}" not in text:
        return False
    named = {_day(number) for number in _NUMBER.findall(text)}
    days = {(at + step).day for step in (-_DAY, timedelta(), _DAY)}
    return bool(named & days) or _NO_DAY.fullmatch(text) is not None


def _day(digits: str) -> int:
    """Return what of a number could be a day."""
    return int(digits[6:8] if len(digits) >= _COMPACT else digits)
