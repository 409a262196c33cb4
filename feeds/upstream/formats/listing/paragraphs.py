"""The lines of a body to paragraphs and lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from feeds.upstream.formats.listing.captions import ends_in_credit, opens_caption
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.points import Point, read_point
from feeds.upstream.formats.listing.prose import (
    ends_sentence,
    has_open_end,
    is_title,
    join_lines,
    starts_small,
)
from feeds.upstream.formats.listing.stubs import sends_on

BULLET = "• "


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a list with one line of text for each of its points."""

    text: str
    lines: list[int]
    """Indexes of the page's lines that it was made from."""
    is_list: bool = False


def read_paragraphs(page: Page, indexes: Sequence[int]) -> list[Paragraph]:
    """Group the lines of a body: blank lines and finished sentences part, soft breaks join.

    The points of a list are one paragraph, with bullets or with the numbers that are printed.
    """
    groups: list[_Group] = []
    for i in indexes:
        group = groups[-1] if groups else None
        point = None if page.lines[i].bullet else read_point(page.lines[i].text)
        if group is not None and _joins(page, i, group, point):
            group.lines.append(i)
            group.point = point or group.point
        else:
            first = point if point is not None and point.is_first else None
            groups.append(_Group([i], listed=page.lines[i].bullet != "", point=first))
        if point is not None and groups[-1].point is point:
            groups[-1].points.append(i)
    return [_paragraph(page, group) for group in groups]


@dataclass(slots=True)
class _Group:
    """Lines of one paragraph or list while it grows."""

    lines: list[int]
    listed: bool
    """It is a list with bullets."""
    point: Point | None
    """The latest number of a numbered list."""
    points: list[int] = field(default_factory=list)
    """The lines that begin with a number."""


def _joins(page: Page, index: int, group: _Group, point: Point | None) -> bool:
    if page.lines[index].bullet:
        return group.listed
    if point is not None and group.point is not None and point.follows(group.point):
        return True
    if point is not None and point.is_first:
        return False
    if page.lines[index].gap or group.lines[-1] != index - 1:
        return False
    if group.points and page.lines[index].indent > page.lines[group.points[-1]].indent:
        return True
    return _goes_on(page, index, group.lines)


def _paragraph(page: Page, group: _Group) -> Paragraph:
    points: list[list[str]] = []
    numbered = set(group.points)
    for i in group.lines:
        line = page.lines[i]
        if line.bullet or i in numbered or not points:
            points.append([])
        points[-1].append(line.text)
    texts = [join_lines(point) for point in points]
    if group.listed:
        text = "\n".join(f"{BULLET}{text}" for text in texts)
        return Paragraph(text, group.lines, is_list=True)
    return Paragraph("\n".join(texts), group.lines, is_list=len(texts) > 1)


def _goes_on(page: Page, index: int, group: Sequence[int]) -> bool:
    """Say whether a line goes on with the paragraph that ends directly above it."""
    line, above = page.lines[index], page.lines[index - 1]
    if sends_on(line.text) and ends_sentence(above.text):
        return False
    if opens_caption(line.text) or (opens_caption(above.text) and is_title(above.text)):
        return page.is_full(index - 1) and not opens_caption(line.text)
    if ends_in_credit(above.text) and not starts_small(line.text):
        return False
    if page.lines[group[0]].bullet:
        bullet = next(page.lines[i] for i in reversed(group) if page.lines[i].bullet)
        return line.indent > bullet.indent or starts_small(line.text)
    if starts_small(line.text) or page.is_full(index - 1):
        return True
    if ends_sentence(above.text) or above.text[-1:] in ":：":
        return False
    return not _is_headline(page, index, group)


def _is_headline(page: Page, index: int, group: Sequence[int]) -> bool:
    """Say whether the line above is a headline of its own, over the text that starts here."""
    line, above = page.lines[index], page.lines[index - 1]
    if len(group) > 1 or has_open_end(above.text) or not is_title(above.text):
        return False
    return page.width is not None or (len(above.text) <= 80 and len(line.text) > len(above.text))
