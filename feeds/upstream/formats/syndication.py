"""RSS 0.9–2.0, RDF and Atom to drafts, read by feedparser behind checks of our own."""

import calendar
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from lxml import etree

from domain.errors import DocumentError
from domain.model import Draft, Published
from feeds.upstream.formats.document import Document, Skipped
from feeds.upstream.formats.htmltext import html_text

MAX_DEPTH = 200


def read_syndication(data: bytes) -> Document:
    """Return the drafts of an RSS or Atom document.

    An entry without title and without text is skipped. Raises `DocumentError` for what is no feed,
    declares entities, or nests deeper than `MAX_DEPTH`.
    """
    _refuse_attacks(data)
    import feedparser

    parsed: Any = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=True)
    if not parsed.version:
        raise DocumentError("neither RSS nor Atom")
    language = parsed.feed.get("language")
    drafts, skipped = [], []
    for number, entry in enumerate(parsed.entries, start=1):
        draft = _draft(entry, language)
        if draft is None:
            skipped.append(Skipped(f"entry {number}", "neither title nor text"))
        else:
            drafts.append(draft)
    return Document(parsed.version, tuple(drafts), tuple(skipped))


def _refuse_attacks(data: bytes) -> None:
    if b"<!ENTITY" in data:
        raise DocumentError("the feed declares entities, which is not allowed")
    depth = 0
    walk = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
    )
    try:
        for event, element in walk:
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                raise DocumentError(f"nested deeper than {MAX_DEPTH} elements")
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError:
        raise DocumentError("not readable as XML") from None


def _draft(entry: Any, feed_language: str | None) -> Draft | None:
    contents = entry.get("content") or []
    markup = contents[0].get("value", "") if contents else entry.get("summary", "")
    body = html_text(markup)
    title = " ".join(html_text(entry.get("title", "")).split()) or body.partition("\n")[0]
    if not title:
        return None
    summary = " ".join(html_text(entry.get("summary", "")).split()) if contents else ""
    return Draft(
        title=title,
        published=_published(entry),
        body=body,
        summary=summary,
        link=entry.get("link"),
        key=entry.get("id") or entry.get("link"),
        lang=_language(entry.get("title_detail", {}).get("language") or feed_language),
    )


def _published(entry: Any) -> Published | None:
    for name in ("published", "updated", "created"):
        moment = entry.get(f"{name}_parsed")
        if moment:
            day_only = len(entry.get(name, "")) == len("2009-06-22")
            at = datetime.fromtimestamp(calendar.timegm(moment), UTC)
            return Published(at, day_only=day_only)
    return None


def _language(tag: str | None) -> str | None:
    """Return the primary subtag (RFC 5646), which is what items carry."""
    primary = (tag or "").partition("-")[0].lower()
    return primary if len(primary) == 2 and primary.isalpha() else None
