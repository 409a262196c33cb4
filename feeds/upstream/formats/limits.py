"""What an upstream entry may be at most, and which of its words are believed."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from textwrap import shorten
from urllib.parse import urljoin, urlsplit

from domain.language import told_language
from domain.model import Draft, Published

MAX_ENTRIES = 500
"""Of one document; feeds show their newest first."""
MAX_MARKUP = 500_000
"""Characters of a field that are read."""
MAX_TEXT = 32_000
"""Characters of an entry's text that are kept."""
_MAX_TITLE = 500
_TITLE_FROM_TEXT = 160
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[\da-f]{2,5});", re.IGNORECASE)
"""Still in a title where a source escapes once too often."""
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Signs that turn the direction of what follows, beyond the title where none turns it back."""
_FIRST_DAY = datetime(1971, 1, 1, tzinfo=UTC)
"""Earlier ones are a zero in a clock that counts from 1970."""


def entry(
    *,
    title: str,
    body: str,
    summary: str = "",
    published: Published | None = None,
    link: str | None = None,
    key: str | None = None,
    declared: str | None = None,
    markup: str | None = None,
) -> Draft | None:
    """Return an upstream entry as a draft; None for one with neither title nor text.

    `declared` is the language that the source names, as an RFC 5646 tag: it is believed where the
    text does not tell otherwise. `markup` is the body as `formats.markup` keeps it.
    """
    body = _cut(body.strip(), MAX_TEXT)
    title = _REFERENCE.sub(_character, title).translate(_DIRECTIONS)
    title = " ".join(title.split()) or shorten(
        body.partition("\n")[0], _TITLE_FROM_TEXT, placeholder=" …"
    )
    if not title:
        return None
    draft = Draft(
        title=_cut(title, _MAX_TITLE),
        body=body,
        summary=_cut(" ".join(summary.split()), MAX_TEXT),
        published=published if published and published.at >= _FIRST_DAY else None,
        link=link if is_web_address(link) else None,
        key=key or link or None,
        markup=markup if body else None,  # it may have nothing but names of pictures
    )
    return replace(draft, lang=told_language(_primary(declared), draft.title, body or summary))


def _character(reference: re.Match[str]) -> str:
    return unescape(reference[0])


def is_web_address(address: str | None) -> bool:
    """Tell whether people can open an address in a browser."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def absolute(address: str, base: str) -> str | None:
    """Return an address as seen from the page `base`; None for nothing or no web address."""
    if not address.strip():
        return None
    try:
        found = urljoin(base, address.strip())
    except ValueError:
        return None
    return found if is_web_address(found) else None


def without_reused_keys(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the drafts, without ids that the source gives to entries with nothing in common."""
    drafts = tuple(drafts)
    first: dict[str, Draft] = {}
    void: set[str] = set()
    for draft in drafts:
        if draft.key and not _alike(first.setdefault(draft.key, draft), draft):
            void.add(draft.key)
    return tuple(replace(draft, key=None) if draft.key in void else draft for draft in drafts)


def _alike(one: Draft, other: Draft) -> bool:
    same_link = one.link is not None and one.link == other.link and one.link != one.key
    same_body = bool(one.body) and one.body == other.body
    return one.title == other.title or same_body or same_link


def _primary(tag: str | None) -> str | None:
    """Return the primary subtag (RFC 5646), which is what items carry."""
    primary = (tag or "").strip().replace("_", "-").partition("-")[0].lower()
    return primary if len(primary) == 2 and primary.isalpha() and primary.isascii() else None


def _cut(text: str, limit: int) -> str:
    """Cut at the last blank before the limit."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept[: kept.rfind(" ")] if " " in kept[limit // 2 :] else kept).rstrip() + "…"
