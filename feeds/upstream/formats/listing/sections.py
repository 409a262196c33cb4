"""Cutting a page into sections, one for each date, by the layout that was chosen for it."""

from feeds.upstream.formats.listing.captions import opens_caption
from feeds.upstream.formats.listing.columns import Section, in_columns
from feeds.upstream.formats.listing.furniture import is_furniture, is_heading
from feeds.upstream.formats.listing.layout import Kind, Layout
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import (
    ends_sentence,
    has_open_end,
    is_byline,
    is_prose,
    is_title,
    starts_small,
)
from feeds.upstream.formats.listing.stubs import is_stub

_TITLE_LINES = 4


def cut_sections(page: Page, layout: Layout) -> list[Section]:
    """Return a section for each of the layout's dates, in the page's order."""
    if layout.kind is Kind.BELOW or layout.kind is Kind.DATELINES:
        return _titles_before(page, layout)
    if layout.kind is Kind.END:
        return _texts_before(page, layout)
    starts = layout.members
    if layout.kind is Kind.BULLET_TITLES:
        starts = tuple(i - 1 for i in layout.members)
    ends = (*starts[1:], len(page.lines))
    sections = []
    for date, start, end in zip(layout.members, starts, ends, strict=True):
        if layout.kind is Kind.BULLET_TITLES:
            sections.append(Section(date, (start,), tuple(range(date + 1, end))))
        else:
            sections.append(_title_after(page, layout.kind, date, end))
    return in_columns(page, sections) if page.lines[starts[0]].bullet else sections


def _title_after(page: Page, kind: Kind, date: int, end: int) -> Section:
    mark = page.marks[date]
    if mark is not None and mark.rest:
        length = _title_length(page, date, end)
        title = tuple(range(date + 1, date + length))
        return Section(date, title, tuple(range(date + length, end)), title_beside=True)
    start = date + 1
    limit = min(end, date + 2) if kind is Kind.INLINE else end
    while start < limit and _is_no_title(page, start, end):
        start += 1
    if start >= limit or (kind is Kind.INLINE and page.lines[start].gap):
        return Section(date, body=tuple(range(date + 1, end)))
    length = _title_length(page, start, end)
    rest = (*range(date + 1, start), *range(start + length, end))
    return Section(date, tuple(range(start, start + length)), rest)


def title_lines(page: Page, start: int, end: int) -> tuple[int, ...]:
    """Return the lines of the title that begins on line `start`."""
    return tuple(range(start, start + _title_length(page, start, end)))


def _is_no_title(page: Page, index: int, end: int) -> bool:
    text = page.lines[index].text
    last = index + 1 >= end
    return (
        not any(sign.isalnum() for sign in text)
        or is_heading(text)
        or is_byline(text)
        or is_stub(text)
        or (is_furniture(text) and not is_prose(text))
        or (opens_caption(text) and not last)
    )


def _title_length(page: Page, start: int, end: int) -> int:
    """Count the lines of a title that begins on line `start`."""
    length = 1
    block = page.block_end(start, end)
    while start + length < block and length < _TITLE_LINES:
        if not _title_goes_on(page, start + length, block):
            break
        length += 1
    return length


def _title_goes_on(page: Page, index: int, block: int) -> bool:
    above, line = page.lines[index - 1].text, page.lines[index]
    if line.bullet or page.marks[index] is not None or is_stub(line.text):
        return False
    if ends_sentence(above) or len(above) > 160 or opens_caption(line.text):
        return False
    if starts_small(line.text) or has_open_end(above):
        return True
    if above.endswith((":", "：")):
        return is_title(line.text) and not is_prose(line.text)
    return page.is_full(index - 1) and block - index <= 2 and not ends_sentence(line.text)


def _titles_before(page: Page, layout: Layout) -> list[Section]:
    """Cut where each title stands over its date, or over the text that has the dateline."""
    dateline = layout.kind is Kind.DATELINES
    titles: list[tuple[int, ...]] = []
    floor = 0
    for date in layout.members:
        start = date
        if date > floor and _can_be_title(page, date - 1):
            start = date - 1
            while start > floor and _belongs_to_title(page, start):
                start -= 1
        titles.append(tuple(range(start, date)))
        floor = date + 1
    sections = []
    for order, (date, title) in enumerate(zip(layout.members, titles, strict=True)):
        following = layout.members[order + 1 : order + 2]
        end = (titles[order + 1] or following)[0] if following else len(page.lines)
        body = tuple(range(date if dateline else date + 1, end))
        sections.append(Section(date, title, body, dateline=dateline))
    return sections


def _can_be_title(page: Page, index: int) -> bool:
    text = page.lines[index].text
    if index and starts_small(text) and _belongs_to_title(page, index):
        return is_title(page.lines[index - 1].text)
    return is_title(text) and not is_heading(text) and not is_furniture(text)


def _belongs_to_title(page: Page, index: int) -> bool:
    """Say whether the title whose line this is began on the line above."""
    line, above = page.lines[index], page.lines[index - 1]
    if line.gap or ends_sentence(above.text) or page.marks[index - 1] is not None:
        return False
    return starts_small(line.text) or has_open_end(above.text) or page.is_full(index - 1)


def _texts_before(page: Page, layout: Layout) -> list[Section]:
    """Cut where each date stands below the title and text that it belongs to."""
    sections = []
    floor = 0
    for date in layout.members:
        start = floor
        if floor == 0:
            start = next((i for i in range(date - 1, -1, -1) if _opens_text(page, i)), 0)
        while start < date and _is_no_title(page, start, date):
            start += 1
        if start == date:
            sections.append(Section(date, body=tuple(range(floor, date)) if floor else ()))
        else:
            length = _title_length(page, start, date)
            title = tuple(range(start, start + length))
            sections.append(Section(date, title, tuple(range(start + length, date))))
        floor = date + 1
    return sections


def _opens_text(page: Page, index: int) -> bool:
    return _can_be_title(page, index) and is_prose(page.lines[index + 1].text)
