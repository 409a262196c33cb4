"""What stands between one entry and the next, or below the last: headings, menus, footers."""

from collections.abc import Iterator, Sequence
from itertools import islice

from feeds.upstream.formats.listing.captions import ends_in_credit, opens_caption
from feeds.upstream.formats.listing.furniture import (
    FOOTER,
    HEADING,
    INTRODUCTION,
    is_furniture,
    is_heading,
    reason_for,
)
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import ends_sentence, is_fragment, is_prose
from feeds.upstream.formats.listing.small_print import is_address, is_footer
from feeds.upstream.formats.listing.stubs import sends_on, strip_stub


def trim(
    page: Page, body: Sequence[int], *, last: bool, texts: bool
) -> tuple[list[int], dict[int, str]]:
    """Part a body from the noise in and below it; the noise comes with its reasons.

    `last` says that the page ends here, and `texts` that most entries of the page have a text. A
    text does not end in a headline: short lines without a full stop, set apart below a
    finished text, are the next heading or the page's footer.
    """
    upper = _above_small_print(page, body) if last else body
    upper = _above_address(page, upper) if last else upper
    text = next((i for i in upper if is_prose(page.lines[i].text)), -1)  # the first line of it
    kept = [
        i
        for i in upper
        if not _is_furniture(page, i) or (i < text and opens_caption(page.lines[i].text))
    ]
    end = len(kept)
    text_end = end  # behind the last line that is surely text
    while text_end and _can_be_noise(page, kept[text_end - 1]):
        text_end -= 1
    finished = _is_finished(page, kept[text_end - 1]) if text_end else last or not texts
    for start, stop in _blocks_from_end(page, kept):
        headings = all(is_heading(page.lines[i].text) for i in kept[start:stop])
        if start < text_end or not (headings or (finished and _opens_block(page, kept, start))):
            break
        end = start
    otherwise = FOOTER if last else HEADING
    chosen = set(kept[:end])
    noise = {i: reason_for(page.lines[i].text, otherwise) for i in body if i not in chosen}
    return kept[:end], noise


def _above_small_print(page: Page, body: Sequence[int]) -> Sequence[int]:
    """Cut where copyright, cookies and the like begin, below some text."""
    text_above = False
    for position, i in enumerate(body):
        line = page.lines[i]
        if text_above and line.gap and is_footer(line.text) and not line.bullet:
            return body[:position]
        text_above = text_above or is_prose(line.text)
    return body


def _above_address(page: Page, body: Sequence[int]) -> Sequence[int]:
    """Cut where the last block, or the last two, only tell how to reach somebody."""
    for start, stop in islice(_blocks_from_end(page, body), 2):
        line = page.lines[body[start]]
        if line.gap and is_address(line.text):
            short = all(not is_prose(page.lines[i].text) for i in body[start + 1 : stop])
            return body[:start] if short else body
    return body


def _blocks_from_end(page: Page, body: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the blocks between blank lines, as places in `body`, the last one first."""
    stop = len(body)
    while stop > 0:
        start = stop - 1
        while start > 0 and not _opens_block(page, body, start):
            start -= 1
        yield start, stop
        stop = start


def _opens_block(page: Page, body: Sequence[int], place: int) -> bool:
    """Say whether a blank line, or one already taken out, stands above a place in the body."""
    return page.lines[body[place]].gap > 0 or (place > 0 and body[place - 1] != body[place] - 1)


def _is_furniture(page: Page, index: int) -> bool:
    """Say whether a line is furniture wherever it stands; a list's point may be any word."""
    line = page.lines[index]
    if line.bullet and line.text:
        return False
    return is_furniture(line.text) or not any(sign.isalnum() for sign in line.text)


def _can_be_noise(page: Page, index: int) -> bool:
    line = page.lines[index]
    if line.bullet:
        return is_furniture(line.text)
    if is_heading(line.text):
        return True
    ends_page = index == len(page.lines) - 1 and line.text.startswith("©")
    if sends_on(line.text) or (opens_caption(line.text) and not ends_page):
        return False
    if ends_in_credit(line.text):
        return False
    return is_fragment(line.text) and strip_stub(line.text) == line.text


def _is_finished(page: Page, index: int) -> bool:
    """Say whether a text has come to its end with this line."""
    text = page.lines[index].text
    if ends_sentence(text) or opens_caption(text):
        return True
    return sends_on(text) or strip_stub(text) != text


def loose_reason(page: Page, index: int, *, top: bool) -> str:
    """Name what a line is that belongs to no entry, above the first one or elsewhere."""
    text = page.lines[index].text
    if not top:
        return reason_for(text, FOOTER)
    return reason_for(text, INTRODUCTION if is_prose(text) else HEADING)
