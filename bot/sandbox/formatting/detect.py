"""Entities that Telegram finds by itself in plain text: commands, links, names, tags."""

import re
from collections.abc import Iterable

from bot.sandbox.formatting.entities import Entity, utf16_length

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?<![\w/<>.])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@/])(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w)"
    r"|(?<![\w#/&])(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})"
)
_SIGN = re.compile("[@#/]|://")
_OPAQUE = frozenset({"code", "pre", "text_link", "custom_emoji"})
_TRAILING = ".,:;!?'\"»”’)]}…"


def detect(text: str, given: Iterable[Entity] = ()) -> list[Entity]:
    """Return what Telegram would mark in a text, apart from what is marked as given."""
    if not _SIGN.search(text):
        return []
    closed = [_span(entity) for entity in given if entity["type"] in _OPAQUE]
    others = [_span(entity) for entity in given if entity["type"] not in _OPAQUE]
    found = []
    for match in _FOUND.finditer(text):
        kind = match.lastgroup
        value = match[0].rstrip(_TRAILING) if kind == "url" else match[0]
        offset = utf16_length(text[: match.start()])
        end = offset + utf16_length(value)
        inside = any(start < end and offset < stop for start, stop in closed)
        if inside or any(_cross(offset, end, *other) for other in others):
            continue
        found.append({"type": kind, "offset": offset, "length": end - offset})
    return found


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _cross(start: int, end: int, other_start: int, other_end: int) -> bool:
    apart = end <= other_start or other_end <= start
    nested = (other_start <= start and end <= other_end) or (
        start <= other_start and other_end <= end
    )
    return not apart and not nested
