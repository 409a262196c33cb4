"""Cutting a long text, so that no page of it is heavy. Pure."""

from domain.text import paragraphs

MOST = 24_000
"""Bytes of UTF-8 in one part."""


def parts_of(text: str, most: int = MOST) -> list[str]:
    """Return a text in parts of at most `most` bytes, cut between paragraphs where that can be.

    A paragraph that is longer by itself is cut at a blank, or where there is none between
    characters. There is always at least one part.
    """
    parts: list[str] = []
    part: list[str] = []
    size = 0
    for paragraph in paragraphs(text):
        for piece in _pieces(paragraph, most):
            length = len(piece.encode()) + 2
            if part and size + length > most:
                parts.append("\n\n".join(part))
                part, size = [], 0
            part.append(piece)
            size += length
    return [*parts, "\n\n".join(part)]


def _pieces(paragraph: str, most: int) -> list[str]:
    """Return a paragraph in pieces that fit."""
    pieces: list[str] = []
    rest = paragraph
    while len(rest.encode()) + 2 > most:
        head = rest.encode()[: most - 2].decode(errors="ignore")
        cut = head.rfind(" ") + 1 or len(head)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces
