"""The API's cursors: how far a reader has come, as a word of sixteen letters. Pure."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from storage.search import Place

CURSOR_PATTERN = r"^([A-Za-z0-9_-]{16})?$"
"""Matches every cursor, and nothing where a reader begins; whatever it matches can be read."""

_BELOW, _KNOWN = 8, 4
"""Bytes of position and row id."""


def to_cursor(place: Place) -> str:
    """Return a place as a cursor."""
    packed = place.below.to_bytes(_BELOW, signed=True) + place.known.to_bytes(_KNOWN)
    return urlsafe_b64encode(packed).decode()


def from_cursor(cursor: str) -> Place:
    """Return the place that a cursor stands for: one that the pattern matches."""
    packed = urlsafe_b64decode(cursor)
    return Place(int.from_bytes(packed[:_BELOW], signed=True), int.from_bytes(packed[_BELOW:]))
