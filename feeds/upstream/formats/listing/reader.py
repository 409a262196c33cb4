"""Reading a listing document: the one way in."""

from domain.errors import DocumentError
from domain.model import Draft
from feeds.upstream.formats.decode import MAX_BYTES
from feeds.upstream.formats.listing.article import find_article, supported_date, text_of
from feeds.upstream.formats.listing.columns import Section
from feeds.upstream.formats.listing.compose import When, compose, title_text
from feeds.upstream.formats.listing.days import days_of
from feeds.upstream.formats.listing.furniture import FOOTER, HEADING, UNDATED, is_link, reason_for
from feeds.upstream.formats.listing.layout import Kind, Layout, read_layout
from feeds.upstream.formats.listing.ledger import Ledger
from feeds.upstream.formats.listing.lines import read_lines
from feeds.upstream.formats.listing.model import Entry, Listing
from feeds.upstream.formats.listing.page import Page, read_page
from feeds.upstream.formats.listing.prose import is_fragment, is_prose
from feeds.upstream.formats.listing.sections import cut_sections
from feeds.upstream.formats.listing.tails import trim

MAX_LINES = 100_000
"""Documents with more non-blank lines are refused, so that reading takes a few seconds at most."""

_ONE_LINE_KINDS = (Kind.INLINE, Kind.TAIL)


def read_listing(text: str, *, document: str | None = None) -> Listing:
    """Read a listing page, or the page of one article, as plain text.

    The layout is inferred from the page itself; every non-blank line is accounted for. `document`
    names the text in errors. Raises `DocumentError` for a text that is empty, or has more
    characters than `MAX_BYTES` or more lines than `MAX_LINES`.
    """
    if len(text) > MAX_BYTES:
        raise DocumentError(f"too large: {len(text)} characters", document=document)
    lines = read_lines(text)
    if not lines:
        raise DocumentError("empty: nothing but blanks", document=document)
    if len(lines) > MAX_LINES:
        raise DocumentError(
            f"too many lines: {len(lines)}, at most {MAX_LINES} are read", document=document
        )
    page = read_page(lines, text)
    ledger = Ledger(page)
    layout = read_layout(page)
    if layout.kind is Kind.NONE:
        drafts = _read_article(page, ledger)
    else:
        drafts = _read_sections(page, layout, ledger)
    account = ledger.account()
    numbers: list[list[int]] = [[] for _ in drafts]
    for line in account:
        if line.entry is not None:
            numbers[line.entry].append(line.number)
    entries = (Entry(draft, tuple(own)) for draft, own in zip(drafts, numbers, strict=True))
    return Listing(tuple(entries), account)


def _read_article(page: Page, ledger: Ledger) -> list[Draft]:
    found = find_article(page)
    if found is None:
        return []
    title, below = found
    body, noise = trim(page, below, last=True, texts=True)
    when = supported_date(text_of(page, body))
    if when is None:
        return []
    ledger.noise(noise)
    section = Section(title[0], title, tuple(body))
    return [_draft(page, section, when, body, ledger, 0)]


def _read_sections(page: Page, layout: Layout, ledger: Ledger) -> list[Draft]:
    sections = cut_sections(page, layout)
    texts = sum(any(_is_text(page, i) for i in section.body) for section in sections)
    one_line = layout.kind in _ONE_LINE_KINDS and texts * 2 < len(sections)
    drafts: list[Draft] = []
    for section, when in zip(sections, days_of(page, sections), strict=True):
        last = section is sections[-1]
        ledger.noise(dict.fromkeys(section.undated, UNDATED))
        ledger.noise(_reasons(page, section.outside, last=last))
        if not section.has_title or when is None:
            reason = "date without year" if section.has_title else "date without title"
            ledger.skip((section.date, *section.title), reason)
            ledger.noise(_reasons(page, section.body, last=last))
            continue
        below = _attached(page, section) if one_line else section.body
        body, noise = trim(page, below, last=last, texts=texts * 2 > len(sections))
        ledger.noise(noise)
        apart = section.body[len(below) :]
        ledger.noise(_reasons(page, apart, last=last))
        drafts.append(_draft(page, section, when, body, ledger, len(drafts)))
    return drafts


def _attached(page: Page, section: Section) -> tuple[int, ...]:
    """Return the lines that stand directly below an entry which is set apart by blank lines."""
    if not section.body or (section.date and page.lines[section.date].gap == 0):
        return ()
    end = page.block_end(section.date, section.body[-1] + 1)
    after = section.body[-1] + 1
    apart = after == len(page.lines) or page.lines[after].gap > 0
    return tuple(i for i in section.body if i < end) if apart else ()


def _is_text(page: Page, index: int) -> bool:
    text = page.lines[index].text
    return is_prose(text) and not is_link(text) and not is_fragment(text)


def _reasons(page: Page, indexes: tuple[int, ...], *, last: bool) -> dict[int, str]:
    """Name what lines are that belong to no entry, though they stand among entries."""
    otherwise = FOOTER if last else HEADING
    return {
        i: reason_for(page.lines[i].text, UNDATED if _is_text(page, i) else otherwise)
        for i in indexes
    }


def _draft(
    page: Page, section: Section, when: When, body: list[int], ledger: Ledger, entry: int
) -> Draft:
    """Compose a section's entry and book its lines."""
    mark = page.marks[section.date]
    beside = [mark.rest] if section.title_beside and mark is not None else []
    parts = [*beside, *(page.lines[i].text for i in section.title)]
    title, opening = title_text(parts, has_body=bool(body))
    draft, reasons = compose(page, title, when, body, opening=opening)
    for i in section.title:
        ledger.item(i, "title", entry)
    for i, reason in reasons.items():
        ledger.item(i, reason, entry)
    ledger.item(section.date, "date", entry)
    return draft
