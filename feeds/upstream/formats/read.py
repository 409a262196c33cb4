"""A document's bytes to drafts, in whichever of our formats it is."""

from domain.errors import DocumentError
from feeds.upstream.formats.document import Document, skipped_lines
from feeds.upstream.formats.htmltext import page_text
from feeds.upstream.formats.jsondocuments import read_json_feed, read_jsonl
from feeds.upstream.formats.listing import read_listing
from feeds.upstream.formats.sniff import decoded, is_feed, is_json, is_page, start_of
from feeds.upstream.formats.syndication import read_syndication


def read_document(data: bytes, *, name: str) -> Document:
    """Return what a listing text, saved page, RSS, Atom, JSON Feed or JSONL document holds.

    Raises `DocumentError` that names the document where it is none of these, or is larger than
    `decode.MAX_BYTES`.
    """
    try:
        return _read(data)
    except DocumentError as error:
        raise DocumentError(error.reason, document=name, line=error.line) from None


def _read(data: bytes) -> Document:
    text = decoded(data)
    start = start_of(text)
    if is_json(start):
        first_line = text.strip().partition("\n")[0]
        whole = first_line.rstrip().endswith("}") and "jsonfeed.org/version" not in first_line
        return read_jsonl(text) if whole else read_json_feed(text)
    if start.startswith("<"):
        if is_feed(start):
            return read_syndication(text)
        if is_page(start):
            return _listing(page_text(text), "html")
    return _listing(text, "listing")


def _listing(text: str, format_: str) -> Document:
    listing = read_listing(text)
    drafts = tuple(entry.draft for entry in listing.entries)
    return Document(format_, drafts, skipped_lines(listing.account), listing.account)
