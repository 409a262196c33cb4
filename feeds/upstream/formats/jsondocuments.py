"""JSON Feed 1.0 and 1.1, and JSONL as the command line prints items, to drafts."""

import json
import re
from datetime import date
from typing import Any

from domain.errors import DocumentError
from domain.model import Draft, Kind, Published
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

_ESCAPE = re.compile(
    r"(\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u(?!d[89a-f])|[^u]))|\\ud[89a-f][\da-f]{2}",
    re.IGNORECASE,
)
"""Group 1 is empty for half a character, as of an emoji at which a text was cut: it is dropped."""


def read_json_feed(text: str, *, base: str = "") -> Document:
    """Return the drafts of a JSON Feed (jsonfeed.org/version/1.1); `base` is its address.

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
    for number, item in enumerate(items[:MAX_ENTRIES], start=1):
        draft = _feed_draft(item, language, base) if isinstance(item, dict) else None
        if draft is None:
            skipped.append(Skipped(f"item {number}", "neither title nor text, or a wrong value"))
        else:
            drafts.append(draft)
    channel = Channel(
        title=_line(feed.get("title")),
        hub=_hub(feed.get("hubs"), base),
        topic=absolute(_text(feed.get("feed_url")), base),
    )
    return Document("jsonfeed", without_reused_keys(drafts), tuple(skipped), channel=channel)


def read_jsonl(text: str) -> Document:
    """Return the drafts of items as JSON, one a line.

    Raises `DocumentError` with the line number for a line that is no item; nothing is half read.
    """
    drafts = []
    for number, line in enumerate(text.split("\n"), start=1):
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
        value = json.loads(_ESCAPE.sub(r"\g<1>", text))
    except (ValueError, RecursionError):
        raise DocumentError("not readable as JSON", line=line) from None
    if not isinstance(value, dict):
        raise DocumentError("JSON, but no object", line=line)
    return value


def _feed_draft(item: dict[str, Any], feed_language: object, base: str) -> Draft | None:
    markup = item.get("content_html")
    body = html_text(_text(markup)) or _text(item.get("content_text"))
    link = absolute(_text(item.get("url") or item.get("external_url")), base)
    key = item.get("id")
    return entry(
        title=_line(item.get("title")),
        body=body,
        summary=_text(item.get("summary")),
        published=_moment(item.get("date_published")) or _moment(item.get("date_modified")),
        link=link,
        key=str(key) if isinstance(key, str | int | float) and key != "" else link,
        declared=_text(item.get("language") or feed_language),
        markup=kept_markup(markup, link or base) if isinstance(markup, str) else None,
    )


def _moment(value: object) -> Published | None:
    try:
        return Published.from_iso(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def _hub(hubs: object, base: str) -> str | None:
    """Return the first hub for WebSub, which JSON Feed names by its type."""
    for hub in hubs if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and _text(hub.get("type")).casefold() == "websub":
            return absolute(_text(hub.get("url")), base)
    return None


def _line(value: object) -> str:
    return " ".join(_text(value).split())


def _text(value: object) -> str:
    """Return a text; nothing for any other value."""
    return value[:MAX_MARKUP] if isinstance(value, str) else ""


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
