"""The attributes that are kept of an element of others, and their values."""

import re
from html import escape
from typing import Final

from lxml import etree

from feeds.upstream.formats.limits import absolute

ATTRIBUTES: Final = {
    "a": ("href", "hreflang", "title"),
    "abbr": ("title",),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
EVERYWHERE: Final = ("lang", "dir")

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_CHECKS: Final = {
    "lang": _TAG,
    "hreflang": _TAG,
    "dir": re.compile("ltr|rtl|auto"),
    "start": re.compile(r"-?\d{1,6}"),
    "colspan": re.compile(r"[1-9]\d?"),
    "rowspan": re.compile(r"[1-9]\d?"),
    "scope": re.compile("(?:row|col)(?:group)?"),
    "title": re.compile(r".*\S.*", re.DOTALL),
}
_LOWER: Final = frozenset(("dir", "scope"))
_MAIL: Final = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", re.IGNORECASE)
_BLANK: Final = re.compile(r"\s")
_NEEDED: Final = {"a": "href", "bdo": "dir", "span": ""}
"""Elements that are nothing without an attribute, be it any."""


def attributes(name: str, element: etree._Element, base: str) -> str | None:
    """Return an element's attributes as they are written; None if it tells nothing without one."""
    kept = {
        attribute: value
        for attribute in (*EVERYWHERE, *ATTRIBUTES.get(name, ()))
        if (value := _value(attribute, element.get(attribute) or "", base))
    }
    if name in _NEEDED and not (_NEEDED[name] in kept or (not _NEEDED[name] and kept)):
        return None
    return "".join(f' {attribute}="{escape(value)}"' for attribute, value in kept.items())


def _value(attribute: str, value: str, base: str) -> str | None:
    value = value.strip()
    if attribute == "href":
        return _address(value, base)
    if attribute in _LOWER:
        value = value.lower()
    return value if value and _CHECKS[attribute].fullmatch(value) else None


def _address(href: str, base: str) -> str | None:
    if _MAIL.fullmatch(href):
        return href
    address = absolute(href, base)
    return address and _BLANK.sub("%20", address)
