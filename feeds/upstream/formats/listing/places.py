"""Dates that a page prints with something beside them that is no title: a place, an author."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from feeds.upstream.formats.listing.lines import Line
from feeds.upstream.formats.listing.marks import Mark, Place
from feeds.upstream.formats.listing.prose import is_prose, is_title, word_count

_MOST_WORDS = 4


def without_places(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Mark | None]:
    """Return the marks, with dates alone where what stands beside the page's dates is no title.

    That is so where it is short and titles stand directly above or below most of the dates, or
    where it is always the same.
    """
    for place in (Place.LEAD, Place.TAIL):
        marks = _settled(lines, marks, place)
    return list(marks)


def _settled(
    lines: Sequence[Line], marks: Sequence[Mark | None], place: Place
) -> Sequence[Mark | None]:
    led = [i for i, mark in enumerate(marks) if mark is not None and mark.place is place]
    rests = Counter(mark.rest for i in led if (mark := marks[i]) is not None)
    short = all(word_count(rest) <= _MOST_WORDS and not is_prose(rest) for rest in rests)
    if len(led) < 2 or not short:
        return marks
    above = sum(_is_headline(lines, marks, i - 1) and lines[i].gap == 0 for i in led)
    below = sum(_is_headline(lines, marks, i + 1) and lines[i + 1].gap == 0 for i in led)
    if max(above, below) * 3 < len(led) * 2 and len(rests) > 1:
        return marks
    known = set(led)
    return [
        replace(mark, place=Place.ALONE, rest="") if mark is not None and i in known else mark
        for i, mark in enumerate(marks)
    ]


def _is_headline(lines: Sequence[Line], marks: Sequence[Mark | None], index: int) -> bool:
    if not 0 <= index < len(lines) or marks[index] is not None:
        return False
    text = lines[index].text
    return is_title(text) and not is_prose(text)
