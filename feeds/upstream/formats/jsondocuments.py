"""JSON Feed 1.0 and 1.1, and JSONL as the command line prints items, to drafts."""

import json
from datetime import date
from typing import Any

from domain.errors import DocumentError
from domain.model import Draft, Kind, Published
from feeds.upstream.formats.document import Document, Skipped
from feeds.upstream.formats.htmltext import html_text


def read_json_feed(text: str) -> Document:
    """Return the drafts of a JSON Feed (jsonfeed.org/version/1.1).

    Raises `DocumentError` for what is no JSON Feed.
    """
    feed = _loads(text, line=None)
    version, items = feed.get("version"), feed.get("items")
    if not isinstance(version, str) or "jsonfeed.org/version/" not in version:
        raise DocumentError("JSON without a JSON Feed version")
    if not isinstance(items, list):
        raise DocumentError("a JSON Feed without a list of items")
    language = feed.get("language")
    drafts, skipped = [], []
    for number, entry in enumerate(items, start=1):
        try:
            drafts.append(_feed_draft(entry, language))
        except (ValueError, TypeError, AttributeError):
            skipped.append(Skipped(f"item {number}", "neither title nor text, or a wrong value"))
    return Document("jsonfeed", tuple(drafts), tuple(skipped))


def read_jsonl(text: str) -> Document:
    """Return the drafts of items as JSON, one a line.

    Raises `DocumentError` with the line number for a line that is no item; nothing is half read.
    """
    drafts = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        entry = _loads(line, line=number)
        try:
            drafts.append(_item_draft(entry))
        except KeyError as error:
            raise DocumentError(f"no {error.args[0]}", line=number) from None
        except (ValueError, TypeError, AttributeError):
            raise DocumentError("a value that no item has", line=number) from None
    return Document("jsonl", tuple(drafts))


def _loads(text: str, *, line: int | None) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise DocumentError("not readable as JSON", line=line) from None
    if not isinstance(value, dict):
        raise DocumentError("JSON, but no object", line=line)
    return value


def _feed_draft(entry: dict[str, Any], feed_language: str | None) -> Draft:
    body = html_text(entry.get("content_html") or "") or (entry.get("content_text") or "").strip()
    title = " ".join((entry.get("title") or body.partition("\n")[0]).split())
    if not title:
        raise ValueError(title)
    moment = entry.get("date_published") or entry.get("date_modified")
    language = entry.get("language") or feed_language or ""
    link = entry.get("url")
    return Draft(
        title=title,
        body=body,
        published=Published.from_iso(moment) if moment else None,
        summary=" ".join((entry.get("summary") or "").split()),
        link=link,
        key=str(entry["id"]) if entry.get("id") else link,
        lang=language.partition("-")[0].lower() or None,
    )


def _item_draft(entry: dict[str, Any]) -> Draft:
    title = " ".join(entry["title"].split())
    if not title:
        raise KeyError("title")
    return Draft(
        title=title,
        published=Published.from_iso(entry["published"]) if entry.get("published") else None,
        body=(entry.get("body") or "").strip(),
        summary=" ".join((entry.get("summary") or "").split()),
        photo_credit=entry.get("photo_credit"),
        link=entry.get("link"),
        lang=entry.get("lang"),
        kind=Kind(entry["kind"]) if entry.get("kind") else None,
        starts=date.fromisoformat(entry["starts"]) if entry.get("starts") else None,
        ends=date.fromisoformat(entry["ends"]) if entry.get("ends") else None,
        topics=tuple(map(str, entry["topics"])) if "topics" in entry else None,
        countries=tuple(map(str, entry["countries"])) if "countries" in entry else None,
    )
