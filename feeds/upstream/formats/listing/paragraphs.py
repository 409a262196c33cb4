"""The lines of a body to paragraphs and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.upstream.formats.listing.captions import opens_caption
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import (
    ends_sentence,
    has_open_end,
    is_title,
    join_lines,
    starts_small,
)
from feeds.upstream.formats.listing.stubs import is_stub

BULLET = "• "


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a list with one line of text for each of its points."""

    text: str
    lines: list[int]
    """Indexes of the page's lines that it was made from."""
    is_list: bool = False


def read_paragraphs(page: Page, indexes: Sequence[int]) -> list[Paragraph]:
    """Group the lines of a body: blank lines and finished sentences part, soft breaks join."""
    groups: list[list[int]] = []
    for i in indexes:
        group = groups[-1] if groups else []
        listed = bool(group) and page.lines[group[0]].bullet != ""
        if page.lines[i].bullet:
            goes_on = listed
        else:
            near = bool(group) and page.lines[i].gap == 0 and group[-1] == i - 1
            goes_on = near and _goes_on(page, i, group)
        if goes_on:
            group.append(i)
        else:
            groups.append([i])
    return [_paragraph(page, group) for group in groups]


def _paragraph(page: Page, group: list[int]) -> Paragraph:
    points: list[list[str]] = []
    for i in group:
        line = page.lines[i]
        if line.bullet or not points:
            points.append([])
        points[-1].append(line.text)
    texts = [join_lines(point) for point in points]
    if page.lines[group[0]].bullet:
        return Paragraph("\n".join(f"{BULLET}{text}" for text in texts), group, is_list=True)
    return Paragraph(texts[0], group)


def _goes_on(page: Page, index: int, group: Sequence[int]) -> bool:
    """Say whether a line goes on with the paragraph that ends directly above it."""
    line, above = page.lines[index], page.lines[index - 1]
    if is_stub(line.text) and ends_sentence(above.text):
        return False
    if opens_caption(line.text) or (opens_caption(above.text) and is_title(above.text)):
        return page.is_full(index - 1) and not opens_caption(line.text)
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
