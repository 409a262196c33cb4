"""The days of a page's entries, read with the whole page in view."""

from collections.abc import Iterator, Sequence
from itertools import islice

from domain.dates import PrintedDate, fill_years, find_dates, in_order, month_first
from feeds.upstream.formats.listing.columns import Section
from feeds.upstream.formats.listing.compose import When
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.years import heading_years

_LINES_FOR_ORDER = 2_000
_COLUMNS_FOR_ORDER = 500


def days_of(page: Page, sections: Sequence[Section]) -> list[When | None]:
    """Return the days of each section; None where nothing tells the year."""
    marks = [page.marks[section.date] for section in sections]
    printed = [mark.printed for mark in marks if mark is not None]
    swap = month_first(printed, _dates_in_text(page))
    printed = [in_order(one, swap=swap) for one in printed]
    years = heading_years(page, [section.date for section in sections])
    return [
        When(*days, one.clock, is_range=one.last is not None, derived=section.dateline)
        if days
        else None
        for section, one, days in zip(sections, printed, fill_years(printed, years), strict=True)
    ]


def _dates_in_text(page: Page) -> Iterator[PrintedDate]:
    for line in islice(page.lines, _LINES_FOR_ORDER):
        yield from find_dates(line.text[:_COLUMNS_FOR_ORDER])
