"""A document seen as a whole: its lines, the dates on them, and how its text is wrapped."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feeds.upstream.formats.listing.furniture import is_heading
from feeds.upstream.formats.listing.lines import Line
from feeds.upstream.formats.listing.marks import Mark, Place, read_mark
from feeds.upstream.formats.listing.places import without_places
from feeds.upstream.formats.listing.prose import ends_sentence, has_open_end, starts_small
from feeds.upstream.formats.listing.words import Words

_NARROW, _WIDE = 40, 100
_HANGING_LINES = 6


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a document with what each of them says about layout. Indexes count from 0."""

    lines: tuple[Line, ...]
    marks: tuple[Mark | None, ...]
    width: int | None
    """Column at which running text is wrapped, or None where lines are whole paragraphs."""
    words: Words

    def is_full(self, index: int) -> bool:
        """Say whether a line ends only because the first word of the next one did not fit."""
        if self.width is None or index + 1 >= len(self.lines):
            return False
        line, after = self.lines[index], self.lines[index + 1]
        word = after.text.split(" ", 1)[0]
        return after.gap == 0 and line.width + 1 + len(word) > self.width

    def runs_on(self, index: int) -> bool:
        """Say whether a line goes on with the sentence of the line directly above it."""
        line = self.lines[index]
        if index == 0 or line.gap or line.bullet:
            return False
        above = self.lines[index - 1].text
        mark = self.marks[index - 1]
        if (
            ends_sentence(above)
            or is_heading(above)
            or (mark is not None and mark.place is Place.ALONE)
        ):
            return False
        if self.marks[index] is not None and self._ends_hanging(index):
            return False
        return has_open_end(above) or self.is_full(index - 1)

    def _ends_hanging(self, index: int) -> bool:
        """Say whether a line stands at the column of a date whose title hangs above it."""
        indent = self.lines[index].indent
        for i in range(index - 1, max(-1, index - _HANGING_LINES), -1):
            if self.lines[i].indent <= indent:
                return i < index - 1 and self.marks[i] is not None
            if self.lines[i].gap:
                break
        return False

    def block_end(self, index: int, limit: int) -> int:
        """Return the index behind the last line that follows without a blank line between."""
        end = index + 1
        while end < limit and self.lines[end].gap == 0:
            end += 1
        return end


def read_page(read: Sequence[Line], text: str) -> Page:
    """Return the page that the lines of a text make, with the dates on them."""
    lines = tuple(read)
    marks = tuple(without_places(lines, [read_mark(line) for line in lines]))
    return Page(lines, marks, _wrap_width(lines), Words(text))


def _wrap_width(lines: tuple[Line, ...]) -> int | None:
    """Infer the wrap column: most lines that are followed directly end close to it."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0 and not b.bullet and len(a.text) > 30]
    if len(pairs) < 3:
        return None
    widths = Counter(line.width for line in lines)
    outliers, width = len(lines) // 20, max(widths)
    for candidate in sorted(widths, reverse=True):
        width = candidate
        outliers -= widths[candidate]
        if outliers < 0:
            break
    if not _NARROW <= width <= _WIDE:
        return None
    soft = sum(1 for a, b in pairs if a.width + 1 + len(b.text.split(" ", 1)[0]) > width)
    running = sum(1 for a, b in pairs if starts_small(b.text) or not ends_sentence(a.text))
    return width if soft * 2 >= len(pairs) and running * 2 >= len(pairs) else None
