"""A query as alternatives, each of which asks for a span of days and for parts without dates.

Positions are in order of time, so a span of days is a range of them, and the rest is looked up
among words and labels. A date beside a word (`2021 OR nigeria`) or after a minus fits into neither
alone: it is taken apart until each alternative does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from domain.query.tree import Age, And, Everything, Node, Not, Or, PublishedIn
from storage.search.conditions import published_range

MOST = 32
"""A query that comes to more alternatives is not taken apart."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Parts without dates, all of which an item of these days must match."""

    parts: tuple[Node, ...]
    first: date | None = None
    after_last: date | None = None


class _TooManyError(Exception):
    """The alternatives are more than `MOST`."""


def alternatives(tree: Node, today: date) -> list[Alternative] | None:
    """Return what an item must match one of; None where that is more than `MOST`.

    `today` is a day in UTC.
    """
    try:
        return _ways(tree, today)
    except _TooManyError:
        return None


def has_date(node: Node) -> bool:
    """Say whether any part of a query is a date or an age."""
    match node:
        case PublishedIn() | Age():
            return True
        case Not(part):
            return has_date(part)
        case And(parts) | Or(parts):
            return any(map(has_date, parts))
        case _:
            return False


def _ways(node: Node, today: date) -> list[Alternative]:
    if not has_date(node):
        return [Alternative((node,))]
    match node:
        case PublishedIn() | Age():
            return [Alternative((), *published_range(node, today))]
        case And(parts):
            each = [_ways(part, today) for part in parts]
            found = [Alternative(())]
            for ways in each:
                found = _limited([_both(one, other) for one, other in product(found, ways)])
            return found
        case Or(parts):
            dateless = tuple(part for part in parts if not has_date(part))
            ways = [way for part in parts if has_date(part) for way in _ways(part, today)]
            return _limited([*([Alternative((_either(dateless),))] if dateless else ()), *ways])
        case Not(part):
            return _ways(_negated(part, today), today)
        case _:
            raise AssertionError(node)


def _negated(node: Node, today: date) -> Node:
    match node:
        case PublishedIn() | Age():
            first, after_last = published_range(node, today)
            sides = [PublishedIn(None, first)] if first else []
            sides += [PublishedIn(after_last, None)] if after_last else []
            return _either(sides)
        case And(parts):
            return _either([Not(part) for part in parts])
        case Or(parts):
            return And(tuple(Not(part) for part in parts))
        case Not(part):
            return part
        case _:
            return Not(node)


def _either(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _both(one: Alternative, other: Alternative) -> Alternative:
    parts = tuple(part for part in (*one.parts, *other.parts) if not isinstance(part, Everything))
    firsts = [day for day in (one.first, other.first) if day]
    lasts = [day for day in (one.after_last, other.after_last) if day]
    return Alternative(parts, max(firsts, default=None), min(lasts, default=None))


def _limited(found: list[Alternative]) -> list[Alternative]:
    if len(found) > MOST:
        raise _TooManyError
    return found
