"""Deciding whether date lines stand above titles, below titles, or below whole texts."""

from collections.abc import Sequence
from enum import Enum, auto

from feeds.upstream.formats.listing.furniture import is_heading
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import is_byline, is_prose, is_title


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
        before = index - 1 if index and index - 1 not in known else None
        after = index + 1 if index + 1 < len(page.lines) and index + 1 not in known else None
        gap_above = page.lines[index].gap if index else 99
        gap_below = page.lines[index + 1].gap if index + 1 < len(page.lines) else 99
        above += after is not None and _is_title(page, after)
        if before is not None and (order or len(members) == 1 or gap_above == 0):
            below += _is_title(page, before)
            above += not _is_title(page, before)
            after_text += is_prose(page.lines[before].text) and gap_below > gap_above
        below += after is None or not _is_title(page, after)
        above += gap_above > gap_below
        below += gap_below > gap_above
    if members[0] == 0:
        above += 3
    if members[-1] == len(page.lines) - 1:
        below += 3
    if members[0] != 0 and after_text * 2 > len(members):
        return DateSide.END
    return DateSide.BELOW if below > above and members[0] != 0 else DateSide.ABOVE


def _is_title(page: Page, index: int) -> bool:
    text = page.lines[index].text
    return is_title(text) and not (is_prose(text) or is_heading(text) or is_byline(text))
