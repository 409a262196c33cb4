"""What a document is, as far as its beginning tells."""

import re

from feeds.upstream.formats.decode import decode

_DECLARED_WITHIN = 2_048
_LOOKED_AT = 2_048
_LONGEST_PREAMBLE = 16_384
_ASIDE = re.compile(r"<!--.*?-->|<!ENTITY\b[^>]*>", re.IGNORECASE | re.DOTALL)
"""What may stand at length before the first element."""
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?encoding=["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset=["']?([\w-]{1,40})""",
    re.IGNORECASE,
)


def decoded(data: bytes, *, charset: str | None = None) -> str:
    """Return a document's text; `charset` is what its server says, for one that does not say it.

    UTF-8, which is tried anyway, is what documents say that say nothing. Raises `DocumentError` as
    `decode` does.
    """
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    declared = (found[1] or found[2]).decode().lower() if found else "utf-8"
    return decode(data, declared=charset if declared == "utf-8" else declared)


def start_of(text: str) -> str:
    """Return the beginning of a text, without comments."""
    preamble = text.lstrip("\ufeff \t\r\n")[:_LONGEST_PREAMBLE]
    return _ASIDE.sub("", preamble).lstrip()[:_LOOKED_AT]


def is_json(start: str) -> bool:
    """Tell whether a text with this beginning is meant to be JSON."""
    return start.startswith("{")


def is_feed(start: str) -> bool:
    """Tell whether a text with this beginning is RSS or Atom, something before it forgiven."""
    return _FEED.search(start) is not None and _PAGE.match(start) is None


def is_page(start: str) -> bool:
    """Tell whether a text with this beginning is a web page."""
    return _PAGE.search(start) is not None
