"""The days of a gathering, where its announcement or report tells them."""

from collections.abc import Iterator
from datetime import date

from domain.dates.printed import PrintedDate, find_dates, match_date
from domain.dates.resolve import in_order
from domain.text import first_sentences, paragraphs

_LONGEST = 31
"""Days; a longer range is a term or a project, no gathering."""
_DATE_LINE = 80
_OPENING = 600
_NEAR = 200
"""So many days before or after its news a gathering whose year is not printed can begin."""


def gathering_days(title: str, body: str, published: date | None) -> tuple[date, date] | None:
    """Return first and last day of the first range of days that stands where such days are told.

    That is a line with nothing else among the first paragraphs, the title, or the first two
    sentences. Where no year is printed it is the one that comes nearest to `published`.
    """
    for printed in _candidates(title, body):
        days = _days(in_order(printed, swap=False), published) if printed.last else None
        if days and (days[1] - days[0]).days <= _LONGEST:
            return days
    return None


def _candidates(title: str, body: str) -> Iterator[PrintedDate]:
    opening = body[:_OPENING]
    for line in paragraphs(opening)[:3]:
        printed = match_date(line) if len(line) < _DATE_LINE else None
        if printed is not None and printed.end == len(line):
            yield printed
    yield from find_dates(title)
    yield from find_dates(first_sentences(opening, 2))


def _days(printed: PrintedDate, published: date | None) -> tuple[date, date] | None:
    if printed.has_year or published is None:
        return printed.days()
    years = range(published.year - 1, published.year + 2)
    readings = [days for days in map(printed.days, years) if days]
    distances = {days: abs((days[0] - published).days) for days in readings}
    nearest = min(readings, key=distances.__getitem__, default=None)
    return nearest if nearest and distances[nearest] <= _NEAR else None
