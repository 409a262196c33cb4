"""When an occasion takes place, as its title and text say: days from to, a day, an hour."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain.dates.patterns import canonical
from domain.dates.printed import PrintedDate, find_dates
from domain.dates.resolve import in_order

_DIGIT = re.compile(r"\d")
_HOUR = re.compile(
    r"(?<![\d.,:])(?:[01]?\d|2[0-3])"
    r"(?::[0-5]\d(?!\d)| ?h(?: ?[0-5]\d)?(?!\w)| ?[ap]\.?m(?!\w)| час(?:ов|а)(?!\w)|[点时])",
    re.IGNORECASE,
)
_LONGEST = timedelta(days=31)
_BEFORE = timedelta(days=62)
_AFTER = timedelta(days=366)
"""How long before and after its publication an occasion is told of."""

Days = tuple[date, date]


def tells_when(text: str) -> bool:
    """Say whether a text prints a range of days, or an hour."""
    if not _DIGIT.search(text):
        return False
    text = canonical(text)
    return bool(_HOUR.search(text)) or any(printed.last for printed in find_dates(text))


def occasion_days(texts: tuple[str, ...], published: date | None) -> Days | None:
    """Return first and last day of an occasion: the first range in its texts, or else a day.

    A year that is not printed is the one nearest to the day of publication; days that are too far
    from it to be the occasion's are passed over. None where nothing is printed.
    """
    found = [
        (printed, days)
        for text in texts
        if _DIGIT.search(text)
        for printed in find_dates(text)
        if (days := _days(in_order(printed, swap=False), published)) is not None
    ]
    ranges = (days for printed, days in found if printed.last)
    singles = (days for _, days in found if published is not None and days[0] != published)
    return next(ranges, None) or next(singles, None)


def _days(printed: PrintedDate, published: date | None) -> Days | None:
    readings = [
        days
        for year in _years(printed, published)
        if (days := printed.days(year)) is not None and days[1] - days[0] <= _LONGEST
    ]
    if published is None:
        return next(iter(readings), None)
    near = [d for d in readings if published - _BEFORE <= d[0] <= published + _AFTER]
    return min(near, key=lambda days: abs(days[0] - published), default=None)


def _years(printed: PrintedDate, published: date | None) -> Iterator[int | None]:
    if printed.has_year:
        yield None
    elif published is not None:
        yield from (published.year - 1, published.year, published.year + 1)
