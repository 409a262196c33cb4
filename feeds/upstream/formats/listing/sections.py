"""Cutting a page into sections, one for each date, by the layout that was chosen for it."""

from feeds.upstream.formats.listing.columns import Section, in_columns
from feeds.upstream.formats.listing.layout import Kind, Layout
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import is_prose
from feeds.upstream.formats.listing.titles import (
    is_no_title,
    reads_as_title,
    title_above,
    title_lines,
)


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
    bulleted = all(page.lines[i].bullet for i in starts)
    return in_columns(page, sections) if bulleted else sections


def _title_after(page: Page, kind: Kind, date: int, end: int) -> Section:
    mark = page.marks[date]
    if mark is not None and mark.rest:
        stop = title_lines(page, date, end)[-1] + 1
        title = tuple(range(date + 1, stop))
        return Section(date, title, tuple(range(stop, end)), title_beside=True)
    start = date + 1
    limit = min(end, date + 2) if kind is Kind.INLINE else end
    while start < limit and is_no_title(page, start, last=start + 1 >= end):
        start += 1
    if start >= limit or (kind is Kind.INLINE and page.lines[start].gap):
        return Section(date, body=tuple(range(date + 1, end)))
    title = title_lines(page, start, end)
    return Section(date, title, (*range(date + 1, start), *range(title[-1] + 1, end)))


def _titles_before(page: Page, layout: Layout) -> list[Section]:
    """Cut where each title stands over its date, or over the text that has the dateline."""
    dateline = layout.kind is Kind.DATELINES
    titles: list[tuple[int, ...]] = []
    floor = 0
    for date in layout.members:
        titles.append(title_above(page, date, floor))
        floor = date + 1
    sections = []
    for order, (date, title) in enumerate(zip(layout.members, titles, strict=True)):
        following = layout.members[order + 1 : order + 2]
        end = (titles[order + 1] or following)[0] if following else len(page.lines)
        body = tuple(range(date if dateline else date + 1, end))
        sections.append(Section(date, title, body, dateline=dateline))
    return sections


def _texts_before(page: Page, layout: Layout) -> list[Section]:
    """Cut where each date stands below the title and text that it belongs to."""
    sections = []
    floor = 0
    for date in layout.members:
        start = floor
        if floor == 0:
            start = next((i for i in range(date - 1, -1, -1) if _opens_text(page, i)), 0)
        while start < date and is_no_title(page, start, last=start + 1 >= date):
            start += 1
        if start == date:
            sections.append(Section(date, body=tuple(range(floor, date)) if floor else ()))
        else:
            title = title_lines(page, start, date)
            sections.append(Section(date, title, tuple(range(title[-1] + 1, date))))
        floor = date + 1
    return sections


def _opens_text(page: Page, index: int) -> bool:
    return reads_as_title(page, (index,)) and is_prose(page.lines[index + 1].text)
