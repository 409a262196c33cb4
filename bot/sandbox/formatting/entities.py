"""Message entities: their shape, their UTF-16 arithmetic, and trimming text under them."""

from collections.abc import Iterable
from typing import Any

Entity = dict[str, Any]
"""As in the Bot API: `type`, `offset`, `length` in UTF-16 code units, and `url` and the like."""

MAX_ENTITIES = 100
_ORDER = (
    "expandable_blockquote",
    "blockquote",
    "pre",
    "text_link",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
    "code",
)


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Return at most 100 entities, outer before inner, as Telegram lists them."""

    def place(entity: Entity) -> tuple[int, int, int]:
        kind = entity["type"]
        return (
            entity["offset"],
            -entity["length"],
            _ORDER.index(kind) if kind in _ORDER else len(_ORDER),
        )

    return sorted(entities, key=place)[:MAX_ENTITIES]


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut blanks off both ends of a text and fit its entities to what is left."""
    kept = text.strip()
    if kept == text:
        return text, entities
    start = utf16_length(text[: len(text) - len(text.lstrip())])
    end = start + utf16_length(kept)
    fitted = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            fitted.append({**entity, "offset": first - start, "length": last - first})
    return kept, fitted
