"""A feed checker: the rules of RFC 4287, RSS 2.0 with the Advisory Board's profile, JSON Feed 1.1.

`problems(extension, document)` returns one line for each rule that a document breaks, and nothing
for a good one. It reads the document by itself and shares no code with what writes feeds.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})"
)
MARKUP = re.compile(r"<[A-Za-z/!?][^>]*>")
ALLOWED_TAGS = set(
    "p br hr ul ol li dl dt dd blockquote q cite pre code kbd samp em strong b i u s sub sup small"
    " abbr h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td a div".split()
)


def problems(extension: str, document: bytes) -> list[str]:
    if extension == "json":
        return list(_json_feed(json.loads(document)))
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    declared = document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    found = [] if declared else ["no XML declaration with encoding"]
    return found + list(_rss(root) if extension == "rss" else _atom(root))


def _rss(root: etree._Element) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0" or [c.tag for c in root] != ["channel"]:
        yield "not RSS 2.0 with one channel"
    channel = root[0]
    for name in ("title", "link", "description"):
        yield from _one(channel, name, "channel")
    for name in ("language", "lastBuildDate", "ttl", "generator", "docs"):
        yield from _one(channel, name, "channel")
    yield from _address(channel.findtext("link"), "channel link")
    yield from _language(channel.findtext("language"), "channel")
    yield from _rfc822(channel.findtext("lastBuildDate"), "lastBuildDate")
    yield from _self_link(channel.findall(f"{ATOM}link"))
    yield from _archive(channel)
    items = channel.findall("item")
    if len(channel) and items and channel[-len(items) :] != items:
        yield "items do not follow the channel's elements"
    yield from _repeated([item.findtext("guid") for item in items], "guid")
    for number, item in enumerate(items):
        for problem in _rss_item(item):
            yield f"item {number}: {problem}"


def _rss_item(item: etree._Element) -> Iterator[str]:
    for name in ("title", "link", "guid", "pubDate", "description", f"{DC}creator"):
        yield from _one(item, name, "item")
    for name in (f"{CONTENT}encoded", "author", "source", f"{DC}language"):
        if len(item.findall(name)) > 1 or item.findtext(name) == "":
            yield f"{name} empty or more than once"
    yield from _address(item.findtext("link"), "link")
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield "a tag: guid must say isPermaLink=false"
    yield from _identity(item.findtext("guid"))
    yield from _rfc822(item.findtext("pubDate"), "pubDate")
    yield from _html(item.findtext("description") or "")
    yield from _html(item.findtext(f"{CONTENT}encoded") or "")
    if MARKUP.search(item.findtext("title") or ""):
        yield "title reads as markup"
    source = item.find("source")
    if source is not None:
        yield from _address(source.get("url"), "source")
    for category in item.findall("category"):
        if not category.text:
            yield "empty category"
        yield from _address(category.get("domain"), "category domain")
    lang = item.get(XML_LANG)
    if lang != item.findtext(f"{DC}language"):
        yield "xml:lang and dc:language differ"
    if lang is not None:
        yield from _language(lang, "item")


def _atom(root: etree._Element) -> Iterator[str]:
    if root.tag != f"{ATOM}feed":
        yield "not an Atom feed"
    for name in ("id", "title", "updated", "generator", "subtitle"):
        yield from _one(root, f"{ATOM}{name}", "feed")
    yield from _identity(root.findtext(f"{ATOM}id"))
    yield from _rfc3339(root.findtext(f"{ATOM}updated"), "feed updated")
    yield from _language(root.get(XML_LANG), "feed")
    yield from _self_link(root.findall(f"{ATOM}link"))
    yield from _archive(root)
    yield from _alternate(root)
    entries = root.findall(f"{ATOM}entry")
    yield from _repeated([entry.findtext(f"{ATOM}id") for entry in entries], "id")
    yield from _repeated([entry.findtext(f"{ATOM}updated") for entry in entries], "updated")
    for number, entry in enumerate(entries):
        for problem in _atom_entry(entry):
            yield f"entry {number}: {problem}"


def _atom_entry(entry: etree._Element) -> Iterator[str]:
    for name in ("id", "title", "updated", "published", "author"):
        yield from _one(entry, f"{ATOM}{name}", "entry")
    if len(entry.findall(f"{ATOM}summary")) > 1 or entry.findtext(f"{ATOM}summary") == "":
        yield "summary empty or more than once"
    yield from _identity(entry.findtext(f"{ATOM}id"))
    for name in ("updated", "published"):
        yield from _rfc3339(entry.findtext(f"{ATOM}{name}"), name)
    if (entry.findtext(f"{ATOM}updated") or "") < (entry.findtext(f"{ATOM}published") or ""):
        yield "updated before it was published"
    if not entry.findtext(f"{ATOM}author/{ATOM}name"):
        yield "author without a name"
    yield from _alternate(entry)
    for link in entry.findall(f"{ATOM}link"):
        yield from _address(link.get("href"), "link")
        if not link.get("rel"):
            yield "link without rel"
    for name in ("title", "summary"):
        if MARKUP.search(entry.findtext(f"{ATOM}{name}") or ""):
            yield f"{name} reads as markup"
    content = entry.find(f"{ATOM}content")
    if content is None or not content.text or content.get("type") != "html":
        yield "no content as html"
    else:
        yield from _html(content.text)
    for category in entry.findall(f"{ATOM}category"):
        if not category.get("term") or not category.get("label"):
            yield "category without term or label"
        yield from _address(category.get("scheme"), "category scheme")
    if (lang := entry.get(XML_LANG)) is not None:
        yield from _language(lang, "entry")


def _json_feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version is not JSON Feed 1.1"
    if not feed.get("title"):
        yield "feed without title"
    for name in ("home_page_url", "feed_url"):
        yield from _address(feed.get(name), name)
    yield from _language(feed.get("language"), "feed")
    items = feed.get("items")
    if not isinstance(items, list):
        yield "items is not a list"
        return
    yield from _repeated([item.get("id") for item in items], "id")
    for number, item in enumerate(items):
        for problem in _json_item(item):
            yield f"item {number}: {problem}"


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    yield from _identity(item.get("id"))
    yield from _address(item.get("url"), "url")
    if "external_url" in item:
        yield from _address(item["external_url"], "external_url")
    if not item.get("content_html"):
        yield "no content_html"
    yield from _html(item.get("content_html", ""))
    for name in ("date_published", "date_modified"):
        yield from _rfc3339(item.get(name), name)
    if not all(author.get("name") for author in item.get("authors", [{}])):
        yield "author without a name"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield "empty tag"
    if "language" in item:
        yield from _language(item["language"], "item")
    if any(value in ("", None) for value in item.values()):
        yield "empty value"


def _one(parent: etree._Element, name: str, where: str) -> Iterator[str]:
    found = parent.findall(name)
    if len(found) != 1:
        yield f"{where} has {len(found)} {name}"
    elif not (found[0].text or len(found[0])):
        yield f"{where} has an empty {name}"


def _address(value: str | None, where: str) -> Iterator[str]:
    parts = urlsplit(value or "")
    if parts.scheme not in ("http", "https") or not parts.netloc or not (value or "").isascii():
        yield f"{where} is no absolute address: {value}"


def _identity(value: str | None) -> Iterator[str]:
    if not re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9%._~/-]*", value or ""):
        yield f"no tag: URI: {value}"


def _language(value: str | None, where: str) -> Iterator[str]:
    if not LANGUAGE_TAG.fullmatch(value or "") or value == "und":
        yield f"{where} has no language tag: {value}"


def _rfc822(value: str | None, where: str) -> Iterator[str]:
    if not RFC822.fullmatch(value or ""):
        yield f"{where} is no RFC 822 date: {value}"
    elif parsedate_to_datetime(str(value)).strftime("%a") != str(value)[:3]:
        yield f"{where} has a wrong weekday"


def _rfc3339(value: str | None, where: str) -> Iterator[str]:
    if not RFC3339.fullmatch(value or ""):
        yield f"{where} is no RFC 3339 date: {value}"
    else:
        datetime.fromisoformat(str(value))


def _self_link(links: list[etree._Element]) -> Iterator[str]:
    own = [link for link in links if link.get("rel") == "self"]
    if len(own) != 1:
        yield f"{len(own)} self links"
    for link in links:
        yield from _address(link.get("href"), "link")
        if not link.get("rel"):
            yield "link without rel"
    if any(not link.get("type") for link in own):
        yield "self link without type"


def _archive(parent: etree._Element) -> Iterator[str]:
    """What RFC 5005, section 4, asks of an archive document, and W3C's validator too."""
    rels = {link.get("rel") for link in parent.findall(f"{ATOM}link")}
    if parent.find(f"{HISTORY}archive") is None:
        return
    if "current" not in rels:
        yield "archive without a link to the current document"
    if not rels & {"prev-archive", "next-archive"}:
        yield "archive that leads to no other"


def _alternate(parent: etree._Element) -> Iterator[str]:
    kinds = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in parent.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    )
    if not kinds or max(kinds.values()) > 1:
        yield "no alternate link, or two of one type"


def _repeated(values: list[str | None], name: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{name} {value} occurs {count} times"


def _html(html: str) -> Iterator[str]:
    for tag in re.findall(r"<\s*/?\s*([A-Za-z!?][^\s>/]*)", html):
        if tag.lower() not in ALLOWED_TAGS:
            yield f"tag in content: {tag}"
    if re.search(r"&(?!(amp|lt|gt|quot|#x?[0-9a-f]+);)", html):
        yield "bare ampersand in content"
