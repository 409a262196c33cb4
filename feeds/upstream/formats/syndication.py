"""RSS 0.9–2.0, RDF and Atom to drafts, read by feedparser behind checks of our own.

feedparser gets the text that we decoded, as UTF-8: what a feed declares of its encoding is often
wrong, and the bytes tell more.
"""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

from lxml import etree

from domain.errors import DocumentError
from domain.model import Draft, Published
from feeds.upstream.formats.document import Channel, Document, Skipped
from feeds.upstream.formats.feedreader import CAPTION, parse
from feeds.upstream.formats.htmltext import html_text
from feeds.upstream.formats.limits import (
    MAX_ENTRIES,
    MAX_MARKUP,
    absolute,
    entry,
    is_web_address,
    without_reused_keys,
)
from feeds.upstream.formats.markup import kept_markup
from feeds.upstream.formats.moments import published

MAX_DEPTH = 200
_MARKUP_TYPES = frozenset(("text/html", "application/xhtml+xml"))

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DOCTYPE = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_HARMLESS = re.compile(
    r"""<!ENTITY\s+\w+\s+(?:"(?:&#\w+;|[^&"]*)"|'(?:&#\w+;|[^&']*)')\s*>""", re.IGNORECASE
)
_MAX_ENTITIES = 300
_REFERENCE = re.compile(r"&#(?:([xX])(?=[0-9a-fA-F]))?([0-9a-fA-F]+);")
_LONGEST_REFERENCE = 7
_AMPERSAND = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w+;)", re.DOTALL)
"""Outside of CDATA one that begins no reference; group 1 is CDATA."""
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_END_LOOKED_AT = 2_000
_ENTRY = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_EXTERNAL = re.compile(
    r"""<!ENTITY\s+%\s+(\w+)\s+(?:PUBLIC\s+"[^"]*"|SYSTEM)\s+"[^"]*"\s*>\s*%\1;""", re.IGNORECASE
)
"""Names for characters that the first RSS 1.0 feeds took from elsewhere."""
_SKIPPED_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_SKIPPED_DAY = re.compile(r"<day>\s*([a-z]+day)\s*</day>", re.IGNORECASE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HEAD = 20_000
_PERIODS = {"hourly": 1 / 24, "daily": 1, "weekly": 7, "monthly": 30, "yearly": 365}
"""In days."""


def read_syndication(text: str, *, base: str = "") -> Document:
    """Return the drafts of an RSS or Atom document; `base` is its address.

    An entry without title and without text is skipped, and so is the last one of a document that
    breaks off. Raises `DocumentError` for what is no feed, declares entities that could grow, or
    nests deeper than `MAX_DEPTH`.
    """
    text = _EXTERNAL.sub("", _CONTROL.sub("", text[text.find("<") :]))
    _refuse_entities(text)
    text = _without_bad_references(_shortened(text))
    data = _DECLARATION.sub("", text).encode("utf-8", "replace")
    _refuse_depth(data)
    parsed = parse(data, base=base)
    if not parsed.version:
        raise DocumentError("neither RSS nor Atom")
    shown = list(parsed.entries)
    skipped = []
    if shown and not _END.search(text[-_END_LOOKED_AT:]) and _is_open(text):
        shown.pop()
        skipped.append(Skipped(f"entry {len(shown) + 1}", "the document breaks off in it"))
    del shown[MAX_ENTRIES:]
    language = parsed.feed.get("language")
    drafts = []
    for number, (one, when) in enumerate(zip(shown, published(shown), strict=True), start=1):
        draft = _draft(one, when, language, base)
        if draft is None:
            skipped.append(Skipped(f"entry {number}", "neither title nor text"))
        else:
            drafts.append(draft)
    return Document(
        parsed.version,
        without_reused_keys(drafts),
        tuple(skipped),
        channel=_channel(parsed.feed, text[:_HEAD], base),
    )


def _shortened(text: str) -> str:
    """Return a document without the entries that are too many, as parsing takes its time."""
    ends = [found.end() for found in _ENTRY.finditer(text) if found[1]]
    return text[: ends[MAX_ENTRIES - 1]] + text[ends[-1] :] if len(ends) > MAX_ENTRIES else text


def _without_bad_references(text: str) -> str:
    """Return a text without references to characters that XML does not have.

    An ampersand that begins no reference stands for itself, as in an address with `&lang=en`. The
    halves of a pair (UTF-16's surrogates) become the character that they are halves of.
    """
    told = _AMPERSAND.sub(lambda found: found[1] or "&amp;", text)
    whole = _REFERENCE.sub(_character, told)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _character(found: re.Match[str]) -> str:
    digits = found[2].lstrip("0")
    code = int(digits or "0", 16 if found[1] else 10) if len(digits) <= _LONGEST_REFERENCE else 0
    if 0xD800 <= code < 0xE000:
        return chr(code)
    is_one = code in (9, 10, 13) or (32 <= code < 0x110000 and code not in (0xFFFE, 0xFFFF))
    return found[0] if is_one else ""


def _is_open(text: str) -> bool:
    """Tell whether the last entry has no end."""
    ends = [found[1] for found in _ENTRY.finditer(text)]
    return not ends or not ends[-1]


def _refuse_entities(text: str) -> None:
    if _DOCTYPE.match(text) is None:
        return
    declared = len(_ENTITY.findall(text))
    if declared > _MAX_ENTITIES or declared != len(_HARMLESS.findall(text)):
        raise DocumentError("the feed declares entities, which is not allowed")


def _refuse_depth(data: bytes) -> None:
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


def _draft(one: Any, when: Published | None, feed_language: str | None, base: str) -> Draft | None:
    summary = one.get("summary") or one.get(CAPTION, "")
    content = _content(one)
    markup = content.get("value") or summary
    told = content or one.get("summary_detail", {})
    link = _link(one, base)
    return entry(
        title=html_text(one.get("title", "")[:MAX_MARKUP]),
        body=html_text(markup[:MAX_MARKUP]),
        summary=html_text(summary[:MAX_MARKUP]) if markup != summary else "",
        published=when,
        link=link,
        key=one.get("id") or link,
        declared=one.get("language")
        or one.get("title_detail", {}).get("language")
        or feed_language,
        # feedparser has resolved its links, if it knew an address
        markup=kept_markup(markup, link or base) if told.get("type") in _MARKUP_TYPES else None,
    )


def _content(one: Any) -> Any:
    """Return an entry's content with its type, empty where it has none or one that is no text."""
    for content in one.get("content") or ():
        kind = content.get("type") or ""
        if content.get("value") and (kind.startswith("text/") or kind.endswith("xhtml+xml")):
            return content
    return {}


def _link(one: Any, base: str) -> str | None:
    """Return where an entry leads to; an id that counts as a link unless denied has to be one."""
    link = one.get("link") or ""
    if one.get("guidislink") and link == one.get("id"):
        return link if is_web_address(link) else None
    return absolute(link, base)


def _channel(feed: Any, head: str, base: str) -> Channel:
    links = {link.get("rel"): link.get("href") for link in feed.get("links", ())}
    days = {day.lower() for day in _SKIPPED_DAY.findall(head)}
    return Channel(
        title=" ".join(html_text(feed.get("title", "")[:MAX_MARKUP]).split()),
        hub=absolute(links.get("hub") or "", base),
        topic=absolute(links.get("self") or "", base),
        ttl=_ttl(feed),
        skip_hours=frozenset(int(hour) % 24 for hour in _SKIPPED_HOUR.findall(head)),
        skip_days=frozenset(number for number, day in enumerate(_WEEKDAYS) if day in days),
    )


def _ttl(feed: Any) -> timedelta | None:
    """Return RSS's `ttl`, in minutes, or the period of the Syndication module."""
    minutes = str(feed.get("ttl", "")).strip()
    if minutes.isdecimal() and len(minutes) <= 6:
        return timedelta(minutes=int(minutes))
    days = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    times = str(feed.get("sy_updatefrequency", "1")).strip()
    if days is None or not times.isdecimal() or int(times[:6]) < 1:
        return None
    return timedelta(days=days / int(times[:6]))
