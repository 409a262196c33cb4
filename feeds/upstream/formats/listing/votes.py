"""Deciding whether date lines stand above titles, below titles, or below whole texts."""

from collections.abc import Sequence
from enum import Enum, auto

from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import is_prose
from feeds.upstream.formats.listing.stubs import sends_on
from feeds.upstream.formats.listing.titles import (
    is_no_title,
    reads_as_title,
    title_above,
    title_lines,
)


class DateSide(Enum):
    """Where the date lines of a page stand."""

    ABOVE = auto()
    BELOW = auto()
    END = auto()


def side_of_dates(page: Page, members: Sequence[int]) -> DateSide:
    """Weigh what stands around each date line, and how the page begins and ends."""
    known = set(members)
    above = below = after_text = 0
    for order, index in enumerate(members):
        floor = members[order - 1] + 1 if order else 0
        ceiling = members[order + 1] if order + 1 < len(members) else len(page.lines)
        before = index - 1 if index and index - 1 not in known else None
        titled_below = index + 1 < ceiling and _is_title_below(page, index + 1, ceiling)
        gap_above = page.lines[index].gap if index else 99
        gap_below = page.lines[index + 1].gap if index + 1 < len(page.lines) else 99
        above += titled_below
        below += not titled_below
        if before is not None and (order or len(members) == 1 or gap_above == 0):
            titled_above = bool(title_above(page, index, floor))
            below += titled_above
            above += not titled_above
            text_above = is_prose(page.lines[before].text) or sends_on(page.lines[before].text)
            after_text += text_above and gap_below > gap_above
        above += gap_above > gap_below
        below += gap_below > gap_above
    if members[0] == 0:
        above += 3
    if members[-1] == len(page.lines) - 1:
        below += 3
    if members[0] != 0 and after_text * 2 > len(members):
        return DateSide.END
    return DateSide.BELOW if below > above and members[0] != 0 else DateSide.ABOVE


def _is_title_below(page: Page, index: int, end: int) -> bool:
    lines = title_lines(page, index, end)
    return not is_no_title(page, index, last=False) and reads_as_title(page, lines)
