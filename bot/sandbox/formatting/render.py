"""A message's text and entities as safe HTML for the chat page."""

from html import escape

from bot.sandbox.formatting.entities import Entity

_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def render(text: str, entities: list[Entity]) -> str:
    """Return escaped HTML with a fixed, small set of tags.

    Links lead to http and https only and open in a new tab; commands become buttons. Line breaks
    stay as they are: the page keeps them by style.
    """
    units = text.encode("utf-16-le")

    def part(start: int, end: int) -> str:
        return units[start * 2 : end * 2].decode("utf-16-le", "replace")

    pieces: list[str] = []
    waiting: list[tuple[int, str]] = []
    at = 0

    def advance(end: int) -> None:
        nonlocal at
        pieces.append(escape(part(at, end)))
        at = end

    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        while waiting and waiting[-1][0] <= start:
            closes, tag = waiting.pop()
            advance(closes)
            pieces.append(tag)
        if waiting and waiting[-1][0] < end:
            continue
        opening, closing = _tags(entity, part(start, end))
        advance(start)
        pieces.append(opening)
        waiting.append((end, closing))
    while waiting:
        closes, tag = waiting.pop()
        advance(closes)
        pieces.append(tag)
    advance(len(units) // 2)
    return "".join(pieces)


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in {"url", "text_link"}:
        address = entity.get("url", covered)
        if address.startswith(("http://", "https://")):
            href = escape(address)
            return f'<a href="{href}" target="_blank" rel="noopener noreferrer">', "</a>"
    elif kind == "bot_command":
        return '<button type="button" class="command">', "</button>"
    elif kind == "spoiler":
        return '<span class="spoiler" tabindex="0">', "</span>"
    elif tag := _TAGS.get(kind):
        return f"<{tag}>", f"</{tag}>"
    return "", ""
