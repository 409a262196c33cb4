"""The API's cursors: how far a reader has come, as a word of sixteen letters. Pure."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from storage.search import Place

_SIZES = (8, 4)
"""Bytes of position and row id."""


def to_cursor(place: Place) -> str:
    """Return a place as a cursor."""
    below, known = _SIZES
    packed = place.below.to_bytes(below, signed=True) + place.known.to_bytes(known)
    return urlsafe_b64encode(packed).decode().rstrip("=")


def from_cursor(cursor: str) -> Place | None:
    """Return the place that a cursor stands for; None for what is no cursor of ours."""
    try:
        packed = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except ValueError:
        return None
    if len(packed) != sum(_SIZES):
        return None
    below, known = packed[: _SIZES[0]], packed[_SIZES[0] :]
    place = Place(int.from_bytes(below, signed=True), int.from_bytes(known))
    return place if to_cursor(place) == cursor else None
