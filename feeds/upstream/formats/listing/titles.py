"""Headlines on a page: which lines can be one, and where it begins and ends."""

from domain.text import sentence_parts
from feeds.upstream.formats.listing.bylines import is_field
from feeds.upstream.formats.listing.captions import opens_caption
from feeds.upstream.formats.listing.furniture import is_furniture, is_heading
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import (
    ends_sentence,
    has_open_end,
    is_byline,
    is_prose,
    is_title,
    join_lines,
    starts_small,
)
from feeds.upstream.formats.listing.stubs import is_stub

_MOST_LINES = 4
_LONG = 45  # characters of a line that a page may have been wrapped at


def title_lines(page: Page, start: int, end: int) -> tuple[int, ...]:
    """Return the lines of the title that begins on line `start`, and ends above line `end`."""
    stop = start + 1
    block = page.block_end(start, min(end, start + _MOST_LINES + 3))
    hanging = _hanging_end(page, start, block)
    while stop < block and stop < start + _MOST_LINES:
        if stop >= hanging and not _goes_on(page, stop, block):
            break
        stop += 1
    return tuple(range(start, stop))


def title_above(page: Page, date: int, floor: int) -> tuple[int, ...]:
    """Return the lines of the title that ends directly above line `date`; none if there is none."""
    start = date - 1
    if start < floor or not _can_end_title(page, start):
        return ()
    while start > floor and _belongs_to_title(page, start):
        if date - start == _MOST_LINES:
            return ()
        start -= 1
    lines = tuple(range(start, date))
    return lines if reads_as_title(page, lines) else ()


def reads_as_title(page: Page, lines: tuple[int, ...]) -> bool:
    """Say whether the lines read as a headline, and as nothing else, when they are joined."""
    text = join_lines(page.lines[i].text for i in lines)
    if not is_title(text) or is_heading(text) or is_byline(text):
        return False
    asks = text[-1] in "?!？！؟" and len(sentence_parts(text)) <= 2
    return asks or not is_prose(text)


def is_no_title(page: Page, index: int, *, last: bool) -> bool:
    """Say whether a line is something else than a title wherever it stands.

    A caption can be a title where it is the `last` line below its date.
    """
    text = page.lines[index].text
    return (
        not any(sign.isalnum() for sign in text)
        or is_heading(text)
        or is_byline(text)
        or is_field(text)
        or is_stub(text)
        or is_furniture(text)
        or (opens_caption(text) and not last)
    )


def _goes_on(page: Page, index: int, block: int) -> bool:
    """Say whether a title goes on with a line that is not set as its continuation."""
    above, line = page.lines[index - 1].text, page.lines[index]
    if line.bullet or page.marks[index] is not None or is_stub(line.text):
        return False
    if not any(sign.isalnum() for sign in line.text):
        return False
    if ends_sentence(above) or len(above) > 160 or opens_caption(line.text):
        return False
    if starts_small(line.text) or has_open_end(above):
        return True
    if above.endswith((":", "：")):
        return is_title(line.text) and not is_prose(line.text)
    return page.is_full(index - 1) and block - index <= 2 and not ends_sentence(line.text)


def _hanging_end(page: Page, start: int, block: int) -> int:
    """Return the end of the lines that hang below a title which has its date beside it.

    They are set further in, on a page where that is no text: no sentence ends in them.
    """
    mark, indent = page.marks[start], page.lines[start].indent
    end = start + 1
    if mark is None or not mark.rest or page.lines[start].bullet:
        return end
    while end < block and page.lines[end].indent > indent and not page.lines[end].bullet:
        end += 1
    texts = [page.lines[i].text for i in range(start, end)]
    is_text = any(ends_sentence(text) or is_stub(text) or opens_caption(text) for text in texts)
    return start + 1 if is_text or end - start > _MOST_LINES else end


def _can_end_title(page: Page, index: int) -> bool:
    text = page.lines[index].text
    if page.marks[index] is not None and not page.runs_on(index):
        return False
    return not is_no_title(page, index, last=False) and text[-1] not in ".…。"


def _belongs_to_title(page: Page, index: int) -> bool:
    """Say whether the title whose line this is began on the line above."""
    line, above = page.lines[index], page.lines[index - 1]
    if line.gap or ends_sentence(above.text) or page.marks[index - 1] is not None:
        return False
    if starts_small(line.text) or has_open_end(above.text) or page.is_full(index - 1):
        return True
    return above.gap > 0 and len(above.text) >= _LONG
