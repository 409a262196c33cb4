"""The items of a web page, by the operator's CSS selectors."""

from datetime import UTC, datetime, time
from functools import lru_cache

from cssselect import SelectorError
from lxml import html
from lxml.cssselect import CSSSelector

from domain.dates import PrintedDate, find_dates, in_order, month_first
from domain.errors import DocumentError
from domain.model import Draft, Published
from domain.sources import Selectors
from feeds.upstream.formats.document import Channel, Document, Skipped
from feeds.upstream.formats.htmltext import html_text
from feeds.upstream.formats.limits import (
    MAX_ENTRIES,
    MAX_MARKUP,
    absolute,
    entry,
    without_reused_keys,
)
from feeds.upstream.formats.markup import kept_markup
from feeds.upstream.formats.webpage import WebPage


def read_selected(markup: str, selectors: Selectors, *, base: str) -> Document:
    """Return the drafts that the selectors find on a page at `base`.

    An entry without a title or text is skipped. Raises `DocumentError` for a selector that cannot
    be read.
    """
    page = WebPage(markup, base)
    found = _select(selectors.item, page.root)[:MAX_ENTRIES]
    printed = [_printed(selectors.date, item) for item in found]
    swap = month_first([one for one in printed if isinstance(one, PrintedDate)])
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    for number, (item, when) in enumerate(zip(found, printed, strict=True), start=1):
        draft = _draft(item, selectors, _published(when, swap=swap), page.base)
        if draft is None:
            skipped.append(Skipped(f"item {number}", "neither title nor text"))
        else:
            drafts.append(draft)
    channel = Channel(title=page.title)
    return Document("selectors", without_reused_keys(drafts), tuple(skipped), channel=channel)


def check(selectors: Selectors) -> None:
    """Raise `DocumentError` for a selector that cannot be read."""
    empty = html.document_fromstring("<html></html>")
    for selector in (selectors.item, selectors.title, selectors.link, selectors.date):
        _select(selector, empty)
    _select(selectors.body, empty)


def _draft(
    item: html.HtmlElement, selectors: Selectors, published: Published | None, base: str
) -> Draft | None:
    title = _first(selectors.title or "a[href]", item)
    link = _first(selectors.link, item) if selectors.link else _link_of(title, item)
    body = _first(selectors.body, item) if selectors.body else None
    address = absolute(link.get("href") or "", base) if link is not None else None
    markup = "" if body is None else _markup(body)
    return entry(
        title=_text(title),
        body=html_text(markup),
        published=published,
        link=address,
        key=address,
        markup=kept_markup(markup, base),
    )


def _link_of(title: html.HtmlElement | None, item: html.HtmlElement) -> html.HtmlElement | None:
    """Return the link that the title is, holds or stands in, else the item's first."""
    if title is not None:
        around = (title, *title.iterancestors("a"), *title.iterfind(".//a[@href]"))
        for element in around:
            if element.tag == "a" and element.get("href"):
                return element
    return item if item.tag == "a" else _first("a[href]", item)


def _printed(selector: str, item: html.HtmlElement) -> PrintedDate | Published | None:
    """Return the date that an item shows; a `datetime` attribute goes before what is printed."""
    shown = _first(selector or "time", item)
    if shown is None:
        return None
    for value in (shown.get("datetime"), *(each.get("datetime") for each in shown.iter("time"))):
        try:
            return Published.from_iso((value or "").strip())
        except ValueError:
            continue
    return next(find_dates(_text(shown)), None)


def _published(when: PrintedDate | Published | None, *, swap: bool) -> Published | None:
    if when is None or isinstance(when, Published):
        return when
    day = in_order(when, swap=swap).first.on()
    if day is None:
        return None
    at = datetime.combine(day, when.clock or time.min, UTC)
    return Published(at, day_only=when.clock is None)


def _first(selector: str, element: html.HtmlElement) -> html.HtmlElement | None:
    return next(iter(_select(selector, element)), None)


def _select(selector: str, element: html.HtmlElement) -> list[html.HtmlElement]:
    if not selector:
        return []
    return _compiled(selector)(element)


@lru_cache
def _compiled(selector: str) -> CSSSelector:
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise DocumentError(f"the selector {selector!r} cannot be read: {error}") from None


def _text(element: html.HtmlElement | None) -> str:
    return "" if element is None else " ".join(html_text(_markup(element)).split())


def _markup(element: html.HtmlElement) -> str:
    return html.tostring(element, encoding="unicode", with_tail=False)[:MAX_MARKUP]
