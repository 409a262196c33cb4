"""A section's lines to an entry: title, body, caption and credit, event days, stubs cut off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from domain.dates import gathering_days
from domain.model import Draft, Published
from domain.text import first_sentences, sentence_parts
from feeds.upstream.formats.listing.captions import cut_caption
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.paragraphs import Paragraph, read_paragraphs
from feeds.upstream.formats.listing.prose import TITLE_LIMIT, is_byline, join_lines
from feeds.upstream.formats.listing.stubs import sends_on, strip_stub


@dataclass(frozen=True, slots=True)
class When:
    """The date of an entry: its days, and the time of day if one is printed."""

    first: date
    last: date
    clock: time | None = None
    is_range: bool = False
    derived: bool = False


@dataclass(slots=True)
class Text:
    """The text of an entry, and what each of its lines is."""

    body: str
    caption: str | None
    credit: str | None
    reasons: dict[int, str] = field(default_factory=dict)


def compose(
    page: Page, title: str, when: When, body: Sequence[int], *, opening: str = ""
) -> tuple[Draft, dict[int, str]]:
    """Return the draft, and for every line of the body what it is in it.

    `opening` is a first paragraph that stands elsewhere, such as beside the date.
    """
    text = _read_text(page, body)
    if opening:
        text.body = f"{opening}\n\n{text.body}".strip()
    days = gathering_days(title, text.body, when.first)
    starts, ends = (when.first, when.last) if when.is_range else days or (None, None)
    at = datetime.combine(when.first, when.clock or time.min, UTC)
    draft = Draft(
        title=title,
        published=Published(at, day_only=when.clock is None),
        published_derived=when.derived,
        body=text.body,
        caption=text.caption,
        photo_credit=text.credit,
        starts=starts,
        ends=ends,
    )
    return draft, text.reasons


def title_text(parts: Sequence[str], *, has_body: bool) -> tuple[str, str]:
    """Join a title's lines; a title as long as a text is cut, and comes with the whole text."""
    whole = join_lines(parts)
    title = whole if has_body else strip_stub(whole)
    if len(title) <= TITLE_LIMIT:
        return title, ""
    first = first_sentences(title, 1)
    if len(first) < len(title) and len(first) <= 2 * TITLE_LIMIT:
        return first, title
    if len(title) <= 2 * TITLE_LIMIT:
        return title, ""
    return title[:TITLE_LIMIT].rsplit(" ", 1)[0].rstrip(" ,;:") + "…", title


def _read_text(page: Page, body: Sequence[int]) -> Text:
    paragraphs = read_paragraphs(page, body)
    reasons = {i: "body" for paragraph in paragraphs for i in paragraph.lines}
    captions: list[str] = []
    credits_: list[str] = []
    kept: list[Paragraph] = []
    others = sum(not other.is_list and not sends_on(other.text) for other in paragraphs[:9])
    for order, paragraph in enumerate(paragraphs):
        cut = None
        if not paragraph.is_list:
            cut = cut_caption(paragraph.text, page.words, alone=others > 1 or order > 0)
        if cut is None:
            kept.append(paragraph)
            continue
        bare = order == 1 and not cut.rest and not cut.caption
        if bare and _is_caption_above(page, paragraphs, kept):
            above = kept.pop()
            captions.append(above.text)
            reasons |= dict.fromkeys(above.lines, "caption")
        captions += [cut.caption] if cut.caption else []
        credits_ += [cut.credit] if cut.credit else []
        if cut.rest:
            kept.append(Paragraph(cut.rest, paragraph.lines))
        else:
            reasons |= dict.fromkeys(paragraph.lines, "caption")
    _cut_stubs(kept, reasons)
    text = "\n\n".join(paragraph.text for paragraph in kept)
    caption = "\n".join(dict.fromkeys(captions)) or None
    return Text(text, caption, "; ".join(dict.fromkeys(credits_)) or None, reasons)


def _is_caption_above(
    page: Page, paragraphs: Sequence[Paragraph], kept: Sequence[Paragraph]
) -> bool:
    """Say whether the first paragraph is the caption to the credit on the line below it."""
    if len(paragraphs) < 3 or page.lines[paragraphs[1].lines[0]].gap:
        return False
    above = paragraphs[0]
    if len(kept) != 1 or kept[0] is not above:
        return False
    short = len(sentence_parts(above.text)) <= 2
    return short and not above.is_list and not is_byline(above.text)


def _cut_stubs(paragraphs: list[Paragraph], reasons: dict[int, str]) -> None:
    while paragraphs and sends_on(paragraphs[-1].text):
        reasons |= dict.fromkeys(paragraphs.pop().lines, "stub")
    if paragraphs:
        paragraphs[-1].text = strip_stub(paragraphs[-1].text)
