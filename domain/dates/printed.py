"""Dates as people print them, in the six languages of the United Nations.

Pure reading: a `PrintedDate` says what stands on the page, also where that leaves the year or the
order of day and month open. `domain.dates.resolve` closes what is open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from domain.dates.names import MONTHS
from domain.dates.patterns import (
    CHINESE,
    DATE,
    DAY_FIRST,
    ISO,
    MONTH_FIRST,
    MONTH_OF_YEAR,
    NUMERIC,
    SHORT,
    canonical,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day; `year` is None where none is printed."""

    day: int
    month: int
    year: int | None

    def on(self, year: int | None = None) -> date | None:
        """Return the calendar's day, with `year` where none is printed; None if there is none."""
        chosen = self.year if self.year is not None else year
        if chosen is None:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day or a range of days as printed, from character `start` up to `end` of its text."""

    first: Day
    last: Day | None
    clock: time | None
    """Time of day in UTC; one without a zone counts as UTC."""
    start: int
    end: int
    numeric: bool = False
    """Day and month are both numbers, whatever their order."""
    open_order: bool = False
    """The numbers' places do not tell which is the day: `03/04/2010`."""
    shift: int = 0
    """Days that the zone of a printed time moves the day in UTC."""

    @property
    def possible(self) -> bool:
        """Whether its days exist (in some year), the last not before the first."""
        return self.days(None if self.has_year else 2000) is not None

    @property
    def has_year(self) -> bool:
        """Whether a year is printed."""
        return self.first.year is not None

    def swapped(self) -> "PrintedDate":
        """Return the reading with day and month exchanged."""
        return replace(
            self,
            first=Day(self.first.month, self.first.day, self.first.year),
            last=self.last and Day(self.last.month, self.last.day, self.last.year),
        )

    def days(self, year: int | None = None) -> tuple[date, date] | None:
        """Return first and last day; `year` counts for the first day where none is printed.

        None where a day does not exist, or the last day comes before the first.
        """
        first = self.first.on(year)
        if first is None:
            return None
        last = first
        if self.last is not None:
            turn = first.year + (self.last.month < self.first.month)
            found = self.last.on(turn)
            if found is None or found < first:
                return None
            last = found
        move = timedelta(days=self.shift)
        return first + move, last + move


_A_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十]")
_LONGEST_MONTH = 40
_FIRST_SHORT_YEAR = 70  # two digits are 1970 to 2069
_KINDS = (ISO, NUMERIC, SHORT, DAY_FIRST, MONTH_FIRST, CHINESE)
_CHINESE_NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
}


def match_date(text: str, position: int = 0) -> PrintedDate | None:
    """Read the date that starts exactly at `position`, or None."""
    found = DATE.match(canonical(text), position)
    return _read(found) if found else None


def find_dates(text: str) -> Iterator[PrintedDate]:
    """Yield the dates in running text, from left to right, without overlap."""
    if not _A_NUMBER.search(text):
        return
    for found in DATE.finditer(canonical(text)):
        printed = _read(found)
        if printed is not None and (found.start() == 0 or not text[found.start() - 1].isdigit()):
            yield printed


def read_month(text: str) -> tuple[int, int | None] | None:
    """Read a text that is nothing but a month with its year, or a year: year and month."""
    if len(text) > _LONGEST_MONTH or not _A_NUMBER.search(text):
        return None
    found = MONTH_OF_YEAR.fullmatch(canonical(text).strip(" -–:."))
    if found is None:
        return None
    month = found["month"] or found["number"]
    return int(found["year"]), _month(month) if month else None


def _read(found: re.Match[str]) -> PrintedDate | None:
    parts = {name: value for name, value in found.groupdict().items() if value}
    kind = next(k for k in _KINDS if f"{k}day" in parts or f"{k}day2" in parts)
    first, last = _day(parts, kind), _day(parts, kind, "2")
    if first is None and kind == NUMERIC and last is not None and "nfirst" in parts:
        first = replace(last, day=int(parts["nfirst"]))
    if first is None:
        first, last = last, None
    if first is None:
        return None
    if last is not None:
        first, last = _complete(first, last)
    clock, shift = _clock(parts)
    printed = PrintedDate(
        first,
        last,
        clock,
        found.start(),
        found.end(),
        numeric=kind in (ISO, NUMERIC, SHORT),
        open_order=kind in (NUMERIC, SHORT) and "nfirst" not in parts,
        shift=shift,
    )
    readings = (printed, printed.swapped()) if printed.open_order else (printed,)
    return printed if any(reading.possible for reading in readings) else None


def _day(parts: dict[str, str], kind: str, which: str = "") -> Day | None:
    day = parts.get(f"{kind}day{which}")
    if day is None:
        return None
    month, year = parts.get(f"{kind}month{which}"), parts.get(f"{kind}year{which}")
    number = _number(year) if year else None
    if number is not None and kind == SHORT:
        number += 1900 if number >= _FIRST_SHORT_YEAR else 2000
    return Day(_number(day), _month(month) if month else 0, number)


def _complete(first: Day, last: Day) -> tuple[Day, Day]:
    """Give each end of a range the month and year that only the other one prints."""
    first = replace(first, month=first.month or last.month)
    last = replace(last, month=last.month or first.month)
    turns = last.month < first.month
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - turns)
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + turns)
    return first, last


def _clock(parts: dict[str, str]) -> tuple[time | None, int]:
    """Return the printed time in UTC, and by how many days its zone moves the day."""
    if "hour" not in parts:
        return None, 0
    hour, minute = int(parts["hour"]), int(parts["minute"])
    if "half" in parts:
        hour = hour % 12 + 12 * (parts["half"].lower() == "p")
    if hour > 23:
        return None, 0
    zone = parts.get("zone", "").replace(":", "")
    offset = int(zone[1:3]) * 60 + int(zone[3:5]) if zone[:1] in ("+", "-") and zone else 0
    minutes = hour * 60 + minute - (offset if zone.startswith("+") else -offset)
    shift, rest = divmod(minutes, 24 * 60)
    return time(rest // 60, rest % 60, int(parts.get("second", "0"))), shift


def _month(text: str) -> int:
    name = " ".join(text.casefold().rstrip(".").split())
    return MONTHS[name] if name in MONTHS else _number(text)


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_CHINESE_NUMERALS[tens] if tens else 1) * 10 + (
            _CHINESE_NUMERALS[ones] if ones else 0
        )
    return int("".join(str(_CHINESE_NUMERALS[sign]) for sign in text))
