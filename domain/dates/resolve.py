"""Closing what printed dates leave open, by looking at all the dates of a page.

A page is a sequence of `PrintedDate` values from top to bottom.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from domain.dates.printed import PrintedDate


def month_first(dates: Sequence[PrintedDate], others: Iterable[PrintedDate] = ()) -> bool:
    """Say whether the numeric dates of a page print the month before the day.

    Any date that is impossible in one of the readings decides, first among the page's own `dates`,
    then among the `others` that its texts mention. Otherwise the reading wins in which the page
    is in order of time, and day first if that does not tell.
    """
    for group in (dates, others):
        day_first_possible = month_first_possible = True
        for printed in group:
            if printed.open_order:
                day_first_possible &= printed.possible
                month_first_possible &= printed.swapped().possible
        if day_first_possible != month_first_possible:
            return month_first_possible
        if not day_first_possible:
            return False
    if not any(printed.open_order for printed in dates):
        return False
    as_printed = [days[0] for days in (p.days() for p in dates) if days]
    swapped = [
        days[0] for days in ((p.swapped() if p.open_order else p).days() for p in dates) if days
    ]
    return _in_order(swapped) and not _in_order(as_printed)


def _in_order(days: Sequence[date]) -> bool:
    if len(set(days)) < 2:
        return False
    return all(a <= b for a, b in pairwise(days)) or all(a >= b for a, b in pairwise(days))


def in_order(printed: PrintedDate, *, swap: bool) -> PrintedDate:
    """Return the date in the page's order of day and month, or in the only possible one."""
    if not printed.open_order:
        return printed
    chosen, other = (printed.swapped(), printed) if swap else (printed, printed.swapped())
    return chosen if chosen.possible else other


def fill_years(
    dates: Sequence[PrintedDate], headings: Sequence[int | None]
) -> list[tuple[date, date] | None]:
    """Return first and last day of each date, with years from the page where none is printed.

    `headings[i]` is the year that the nearest heading above says, if any. Without one, the year
    is chosen that keeps the date closest to its dated neighbours above and below. None where
    nothing tells the year.
    """
    found = [printed.days() for printed in dates]
    above: list[date | None] = []
    nearest: date | None = None
    for days in found:
        above.append(nearest)
        nearest = days[0] if days else nearest
    below: list[date | None] = []
    nearest = None
    for days in reversed(found):
        below.append(nearest)
        nearest = days[0] if days else nearest
    below.reverse()
    return [
        days or (printed.days(heading) if heading else _nearest_year(printed, before, after))
        for printed, days, heading, before, after in zip(
            dates, found, headings, above, below, strict=True
        )
    ]


def _nearest_year(
    printed: PrintedDate, before: date | None, after: date | None
) -> tuple[date, date] | None:
    known = [day for day in (before, after) if day]
    years = {day.year + step for day in known for step in (-1, 0, 1)}
    readings = [days for days in map(printed.days, sorted(years)) if days]
    if not readings:
        return None
    return min(readings, key=lambda days: sum(abs((days[0] - day).days) for day in known))
