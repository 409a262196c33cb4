"""HTML of others as we keep it and pass it on: sanitised by nh3, from a list of what is allowed.

The list has what a text is made of: paragraphs, lists, tables, quotations, headings, emphasis and
links. It has nothing that is loaded from elsewhere, acts or looks: no images, frames, forms,
scripts, styles, classes or ids.
"""

import re
from typing import Final

import nh3

from domain.text import clean
from feeds.upstream.formats.limits import MAX_MARKUP
from feeds.upstream.formats.markup.attributes import ATTRIBUTES, EVERYWHERE
from feeds.upstream.formats.markup.elements import BLOCKS, INLINE
from feeds.upstream.formats.markup.tidy import MAX_DEPTH, UnfitError, tidy

MAX_KEPT: Final = 32 * 1024
"""Bytes of an entry's markup. nh3 is never given more; nesting makes it slow."""
TAGS: Final = BLOCKS | INLINE | {"p", "br", "hr"}
SCHEMES: Final = frozenset(("http", "https", "mailto"))
RELATION: Final = "nofollow noopener noreferrer"
"""Of all links."""
_PLAIN: Final = frozenset(("p", "br", "hr", "ul", "li", "small", "span", "bdi", "bdo"))
"""What `feeds.publish.content` makes of a text by itself, or what adds nothing that is read."""
_ROUNDS: Final = 4
_VOID: Final = frozenset(("br", "hr"))
_TAG: Final = re.compile(r"<(/?)(\w+)[^<>]*>")
"""In texts and attributes of what is sanitised, both signs are escaped."""

_CLEANER: Final = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(EVERYWHERE), **{name: set(kept) for name, kept in ATTRIBUTES.items()}},
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel=RELATION,
)


def kept_markup(markup: str, base: str) -> str | None:
    """Return sanitised HTML; None where a text tells as much, or where it is too much.

    Links are resolved from the address `base`. Sanitising the result again changes nothing. Where
    that cannot be reached, or what is kept is more than `MAX_KEPT`, there is none.
    """
    if "<" not in markup or len(markup) > MAX_MARKUP:
        return None
    kept = markup
    for _ in range(_ROUNDS):
        try:
            written, names = tidy(clean(kept), base, MAX_KEPT)
        except UnfitError:
            return None
        sanitised = _sanitised(clean(written))
        if len(sanitised.encode()) > MAX_KEPT:
            return None
        if sanitised == kept:
            return kept if names - _PLAIN else None
        kept = sanitised
    return None


def is_sanitised(markup: str) -> bool:
    """Tell whether some HTML is as safe as what `kept_markup` returns."""
    if len(markup.encode()) > MAX_KEPT or not _is_well_nested(markup):
        return False
    return _sanitised(markup) == markup


def _sanitised(markup: str) -> str:
    """Return sanitised HTML with no named references but those of XML, as readers may be either."""
    return _CLEANER.clean(markup).replace("&nbsp;", "\xa0")


def _is_well_nested(markup: str) -> bool:
    """Tell whether all that begins ends, at no depth that would cost nh3 much."""
    opened: list[str] = []
    for end, name in _TAG.findall(markup):
        if name in _VOID:
            continue
        if not end:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
        if len(opened) > MAX_DEPTH:
            return False
    return not opened
