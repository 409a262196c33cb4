"""Finds the two sides of evidence that is one phrase near another: `passport & taken`."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from domain.phrases import Found

Value = TypeVar("Value")

Side = tuple[Hashable, int | None]
"""Which evidence a value belongs to, and which of its sides it is: 0, 1, or None for no side."""


def near_pairs(
    matches: Sequence[Found[Value]], near: int, side_of: Callable[[Value], Side]
) -> Iterator[tuple[Found[Value], Found[Value]]]:
    """Yield the sides that stand less than `near` words apart, each left with its nearest rights.

    `matches` are in the order of their starts.
    """
    rights: dict[Hashable, list[Found[Value]]] = {}
    starts: dict[Hashable, list[int]] = {}
    lefts: list[tuple[Hashable, Found[Value]]] = []
    for match in matches:
        key, side = side_of(match.value)
        if side == 1:
            rights.setdefault(key, []).append(match)
            starts.setdefault(key, []).append(match.start)
        elif side == 0:
            lefts.append((key, match))
    for key, left in lefts:
        if key not in rights:
            continue
        before = bisect_left(starts[key], left.start)
        after = bisect_left(starts[key], left.end)
        for right in (*rights[key][max(0, before - 1) : before], *rights[key][after : after + 1]):
            if 0 <= max(right.start - left.end, left.start - right.end) < near:
                yield left, right
