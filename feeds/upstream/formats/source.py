"""A source's document to drafts, as the kind of source that it is."""

from dataclasses import replace

from domain.errors import DocumentError
from domain.sources import Selectors, SourceKind
from domain.sources.model import FEEDS
from domain.text import fold
from feeds.upstream.formats.document import Channel, Document, skipped_lines
from feeds.upstream.formats.htmltext import page_text
from feeds.upstream.formats.jsondocuments import read_json_feed
from feeds.upstream.formats.limits import MAX_ENTRIES, without_reused_keys
from feeds.upstream.formats.listing import read_listing
from feeds.upstream.formats.selected import read_selected
from feeds.upstream.formats.sniff import decoded, is_feed, is_json, is_page, start_of
from feeds.upstream.formats.syndication import read_syndication
from feeds.upstream.formats.webpage import WebPage


def read_source(
    data: bytes,
    *,
    kind: SourceKind | None,
    address: str,
    charset: str | None = None,
    selectors: Selectors | None = None,
) -> Document:
    """Return what a source shows; `charset` is what its server says, `address` where it is.

    Without a `kind`, a feed is read as such and a page as a listing, which may be without entries;
    its channel then names the page's feeds. Raises `DocumentError` for a document that is not of
    its kind, as when a server answers with a page in place of a feed.
    """
    text = decoded(data, charset=charset)
    start = start_of(text)
    shows_feed = is_json(start) or is_feed(start)
    if kind in FEEDS and not shows_feed:
        what = "a web page" if is_page(start) else "something else"
        raise DocumentError(f"it shows {what} in place of a feed")
    if kind in (SourceKind.LISTING, SourceKind.SELECTORS) and shows_feed:
        raise DocumentError("it shows a feed in place of a web page")
    if is_json(start):
        return read_json_feed(text, base=address)
    if shows_feed:
        return read_syndication(text, base=address)
    if kind is SourceKind.SELECTORS and selectors is not None:
        return read_selected(text, selectors, base=address)
    return _read_page(text, address)


def kind_of(document: Document) -> SourceKind:
    """Return the kind of source that shows such a document."""
    if document.format == "jsonfeed":
        return SourceKind.JSON
    if document.format in ("html", "selectors"):
        return SourceKind.LISTING if document.format == "html" else SourceKind.SELECTORS
    return SourceKind.ATOM if document.format.startswith("atom") else SourceKind.RSS


def _read_page(text: str, address: str) -> Document:
    """Read a page as a listing; an item's address is that of the link which its title is."""
    page = WebPage(text, address)
    shown = page_text(text)
    listing = read_listing(shown) if shown.strip() else None
    account = listing.account if listing else ()
    addresses = page.addresses()
    drafts = []
    for one in (listing.entries if listing else ())[:MAX_ENTRIES]:
        link = addresses.get(fold(one.draft.title))
        drafts.append(replace(one.draft, link=link, key=link))
    return Document(
        "html",
        without_reused_keys(drafts),
        skipped_lines(account),
        channel=Channel(title=page.title, feeds=page.feeds()),
    )
