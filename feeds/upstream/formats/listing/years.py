"""The years that a page tells for dates which are printed without one."""

import re
from collections.abc import Iterator, Sequence

from feeds.upstream.formats.listing.furniture import heading_year
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.small_print import is_footer

_YEAR = re.compile(r"(?<![\w–/-])(?:19|2[01])\d\d(?![\w–/-])")
_LONGEST = 80


def heading_years(page: Page, dates: Sequence[int]) -> list[int | None]:
    """Return for each date line the year that the nearest heading above it names."""
    years: list[int | None] = []
    year: int | None = None
    wanted = iter(dates)
    date = next(wanted, None)
    for i, line in enumerate(page.lines):
        if i == date:
            years.append(year)
            date = next(wanted, None)
        elif page.marks[i] is None:
            year = heading_year(line.text) or year
    if any(years) or any(_has_year(page, i) for i in dates):
        return years
    return [_year_of_head(page, dates[0])] * len(dates)


def tells_years(page: Page, dates: Sequence[int]) -> bool:
    """Say whether the page's headings tell the year of any of the dates."""
    return any(heading_years(page, dates))


def _has_year(page: Page, index: int) -> bool:
    mark = page.marks[index]
    return mark is not None and mark.printed.has_year


def _year_of_head(page: Page, first: int) -> int | None:
    """Return the only year that the short lines above the first date speak of."""
    found = set(_years(page, first))
    return found.pop() if len(found) == 1 else None


def _years(page: Page, first: int) -> Iterator[int]:
    for line in page.lines[:first]:
        if len(line.text) <= _LONGEST and not is_footer(line.text):
            yield from (int(year) for year in _YEAR.findall(line.text))
