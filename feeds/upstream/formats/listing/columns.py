"""Sections of a page, and what is set outside of their column on pages with bullets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feeds.upstream.formats.listing.page import Page

_POINT_LINES = 20


@dataclass(frozen=True, slots=True)
class Section:
    """The lines that belong to one date, by what they are. Indexes into the page's lines."""

    date: int
    """The line with the date; it may hold the title or the text too."""
    title: tuple[int, ...] = ()
    """Lines of the title. Empty with `title_beside` unset: the date has no title."""
    body: tuple[int, ...] = ()
    title_beside: bool = False
    """The title, or its first line, is what stands beside the date."""
    dateline: bool = False
    """The date is a text's dateline, so that its line is the body's first."""
    undated: tuple[int, ...] = ()
    """Lines that follow in the same place but belong to a title without a date."""
    outside: tuple[int, ...] = ()
    """Lines that stand outside of the column in which entries are set."""

    @property
    def has_title(self) -> bool:
        """Whether there is a title."""
        return bool(self.title) or self.title_beside


def in_columns(page: Page, sections: Sequence[Section]) -> list[Section]:
    """Take out of bulleted sections what is not set as their texts are.

    On a page whose texts are indented, a line further out that opens a new paragraph is outside.
    A bullet of the entries' own level without a date begins a title without a date, unless it
    goes on with a list of the text.
    """
    depths = [
        page.lines[i].indent > _bullet_indent(page, section)
        for section in sections
        for i in (*section.title, *section.body)
        if not page.lines[i].bullet
    ]
    indented = sum(depths) * 2 > len(depths)
    return [_in_column(page, section, indented=indented) for section in sections]


def _bullet_line(page: Page, section: Section) -> int:
    return section.date if page.lines[section.date].bullet else section.title[0]


def _bullet_indent(page: Page, section: Section) -> int:
    return page.lines[_bullet_line(page, section)].indent


def _in_column(page: Page, section: Section, *, indented: bool) -> Section:
    bullet = page.lines[_bullet_line(page, section)]

    def is_outside(i: int) -> bool:
        line = page.lines[i]
        return indented and not line.bullet and line.indent <= bullet.indent and not page.runs_on(i)

    if section.title and is_outside(section.title[0]):
        lines = (*section.title, *section.body)
        return replace(section, title=(), body=(), outside=lines)
    body: list[int] = []
    outside: list[int] = []
    for position, i in enumerate(section.body):
        line = page.lines[i]
        level = line.bullet == bullet.bullet and abs(line.indent - bullet.indent) <= 1
        if level and not _goes_on_list(page, body):
            undated = section.body[position:]
            return replace(section, body=tuple(body), outside=tuple(outside), undated=undated)
        (outside if is_outside(i) else body).append(i)
    return replace(section, body=tuple(body), outside=tuple(outside))


def _goes_on_list(page: Page, body: Sequence[int]) -> bool:
    """Say whether a bullet goes on with a list: after a colon, or after another of its points."""
    if not body:
        return False
    above = page.lines[body[-1]]
    for i in reversed(body[-_POINT_LINES:]):
        if page.lines[i].bullet:
            return True
        if page.lines[i].gap:
            break
    return above.text[-1:] in ":;,：；，"
