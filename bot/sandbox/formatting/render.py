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
_BLOCKS = ("</pre>", "</blockquote>")


def render(text: str, entities: list[Entity]) -> str:
    """Return escaped HTML with a fixed, small set of tags.

    Links lead to http and https only and open in a new tab; commands become buttons. Line breaks
    stay as they are, the page keeps them by style; the one after a block is the block's own end.
    """
    return _Renderer(text).run(entities)


class _Renderer:
    def __init__(self, text: str):
        self.units = text.encode("utf-16-le")
        self.at = 0
        self.pieces: list[str] = []
        self.open: list[tuple[int, str]] = []

    def run(self, entities: list[Entity]) -> str:
        for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
            start, end = entity["offset"], entity["offset"] + entity["length"]
            self._close(start)
            if self.open and self.open[-1][0] < end:
                continue
            opening, closing = _tags(entity, self._part(start, end))
            self._write(start)
            self.pieces.append(opening)
            self.open.append((end, closing))
        last = len(self.units) // 2
        self._close(last)
        self._write(last)
        return "".join(self.pieces)

    def _part(self, start: int, end: int) -> str:
        return self.units[start * 2 : end * 2].decode("utf-16-le", "replace")

    def _write(self, end: int) -> None:
        part = self._part(self.at, end)
        if self.pieces and self.pieces[-1] in _BLOCKS:
            part = part.removeprefix("\n")
        self.pieces.append(escape(part))
        self.at = end

    def _close(self, place: int) -> None:
        """End what ends at a place or before it."""
        while self.open and self.open[-1][0] <= place:
            end, closing = self.open.pop()
            self._write(end)
            self.pieces.append(closing)


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
