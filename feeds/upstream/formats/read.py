"""A document's bytes to drafts, in whichever of our formats it is."""

import re

from domain.errors import DocumentError
from feeds.upstream.formats.decode import decode
from feeds.upstream.formats.document import Document, Skipped
from feeds.upstream.formats.htmltext import page_text
from feeds.upstream.formats.jsondocuments import read_json_feed, read_jsonl
from feeds.upstream.formats.listing import Role, read_listing
from feeds.upstream.formats.syndication import read_syndication

_SNIFFED = 2048
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([\w-]{1,40})""", re.IGNORECASE)


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
    declared = _CHARSET.search(data[:_SNIFFED])
    text = decode(data, declared=declared[1].decode() if declared else None)
    start = text[:_SNIFFED].lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        first_line = text.strip().partition("\n")[0]
        whole = first_line.rstrip().endswith("}") and "jsonfeed.org/version" not in first_line
        return read_jsonl(text) if whole else read_json_feed(text)
    if start.startswith("<"):
        if _FEED.search(start):
            return read_syndication(text)
        if _PAGE.search(start):
            return _listing(page_text(text), "html")
    return _listing(text, "listing")


def _listing(text: str, format_: str) -> Document:
    listing = read_listing(text)
    skipped = tuple(
        Skipped(f"{line.number}", line.reason)
        for line in listing.account
        if line.role is Role.SKIPPED
    )
    drafts = tuple(entry.draft for entry in listing.entries)
    return Document(format_, drafts, skipped, listing.account)
