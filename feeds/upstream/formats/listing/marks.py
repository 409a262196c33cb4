"""Which lines carry a date that could be an entry's: at the line's start or at its end."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from domain.dates import PrintedDate, find_dates, match_date
from feeds.upstream.formats.listing.bylines import follows_date, leads_to_date
from feeds.upstream.formats.listing.lines import Line, squeeze
from feeds.upstream.formats.listing.prose import is_title, starts_small, word_count
from feeds.upstream.formats.listing.small_print import is_update

_AFTER = re.compile(r"\s*[\])]?\s*(?:[,;:.|/،：·•–—-]+(?=\s|$|[^\W\d_])|\s|$)\s*")
_PLACE = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ /-]{1,3}[^\W\d_a-z][^\W\d_]*){0,3}[,،:] ?")
_BEFORE_TAIL = re.compile(r"(?:[(\[|/·•,;:،]|\s[–—-]|\t|\s{2,})\s*$")
_HAS_DIGIT = re.compile(r"\D{0,60}\d|.{0,4}[一二三四五六七八九十]")
_LONGEST = 90
_TAIL_ENDS = ")].日号г."


class Place(Enum):
    """Where on its line a date stands."""

    ALONE = auto()
    LEAD = auto()
    TAIL = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A date on a line, and the rest of that line."""

    printed: PrintedDate
    place: Place
    rest: str
    sentence: bool = False
    """The rest goes on as a sentence that the date belongs to: `28 March, at the UN in …`."""


def read_mark(line: Line) -> Mark | None:
    """Return the date that a line begins or ends with, or None."""
    if is_update(line.text):
        return None
    return _lead(line.text) or _tail(line)


def _lead(text: str) -> Mark | None:
    head = text[:_LONGEST]
    if not _HAS_DIGIT.match(head):
        return None
    printed = match_date(head) or _behind_label(head)
    if printed is None:
        return _with_place(text)
    after = _AFTER.match(text, printed.end)
    if after is None:
        # A title may be stuck to the year; any other sign makes the date a part of a word.
        if not printed.has_year or not text[printed.end].isupper():
            return None
        return Mark(printed, Place.LEAD, text[printed.end :])
    rest = text[after.end() :]
    if not rest or follows_date(rest):
        return Mark(printed, Place.ALONE, "")
    weak = after.group().strip(" )],،") == ""
    return Mark(printed, Place.LEAD, rest, sentence=weak and starts_small(rest))


def _behind_label(head: str) -> PrintedDate | None:
    printed = next(find_dates(head), None)
    return printed if printed and leads_to_date(head[: printed.start]) else None


def _with_place(text: str) -> Mark | None:
    """Read a line that is nothing but a place and a day: `Vienna, 3 May 2010`."""
    place = _PLACE.match(text) if len(text) <= _LONGEST else None
    if place is None or not text[0].isupper():
        return None
    printed = match_date(text, place.end())
    if printed is None or not printed.has_year or printed.end != len(text):
        return None
    return Mark(printed, Place.ALONE, "")


def _tail(line: Line) -> Mark | None:
    text = line.content
    if not text or len(text) > 300 or not (text[-1].isdigit() or text[-1] in _TAIL_ENDS):
        return None
    closed = text[-1] in ")]"
    start = max(0, len(text) - _LONGEST)
    end = len(text) - closed
    for printed in find_dates(text[start:end]):
        if start + printed.end != end or not printed.has_year:
            continue
        before = text[: start + printed.start]
        sign = _BEFORE_TAIL.search(before)
        title = squeeze(before[: sign.start()]) if sign else ""
        if is_title(title) and word_count(title) >= 2:
            return Mark(printed, Place.TAIL, title)
    return None
