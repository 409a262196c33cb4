"""The different leaves of all saved queries, as numbers, and which of them hold for an item."""

from array import array
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from domain.matching import ItemTerms, matches
from domain.model import Item
from domain.query.tree import Age, Leaf, PublishedIn
from domain.saved.frequency import Frequencies
from domain.saved.keys import item_keys, leaf_keys, leaf_name

NEVER, EVERY = 0, 1
"""The atoms that no item has, and that every item has."""
HIGHEST_COST = 2**31
_NO_END = date.max.toordinal() + 1

Flags: TypeAlias = npt.NDArray[np.bool_]
"""For each atom whether it holds for an item."""
_Number = TypeVar("_Number", np.int32, np.int64)


def joined(
    lists: "Mapping[int, array[int]]", atoms: set[int], number: type[_Number]
) -> npt.NDArray[_Number]:
    """Return what some atoms have listed, one list behind the other."""
    wanted: Any = (lists[atom] for atom in lists.keys() & atoms)
    return np.frombuffer(b"".join(wanted), number)


class Atoms:
    """Numbers leaves from 2 on, the same for equal meanings, and what else is given a number."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._numbers: dict[str, int] = {}
        self._costs = array("q", [0, HIGHEST_COST])
        self._at_key: dict[str, array[int]] = {}
        self._doubtful: dict[int, Leaf] = {}
        """Atoms that need more than their key."""
        self._spans = array("i")
        """Atom, first day and the day after the last, as ordinals, of each span of days."""
        self._ages = array("i")
        """Atom and days of each age."""

    def number(self, leaf: Leaf) -> int:
        """Return the number of a leaf."""
        name = leaf_name(leaf)
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = self._add(leaf)
        return number

    def reserve(self, cost: int = HIGHEST_COST) -> int:
        """Return a new number, also for something that is no leaf."""
        self._costs.append(cost)
        return len(self._costs) - 1

    def cost(self, atom: int) -> int:
        """Return a number that grows with how many items have the atom."""
        return self._costs[atom]

    def flags(self, true: set[int]) -> Flags:
        """Return the flags of atoms, set for those in `true`."""
        flags = np.zeros(len(self._costs), np.bool_)
        flags[list(true)] = True
        return flags

    def true(self, item: Item, terms: ItemTerms, today: date) -> set[int]:
        """Return the atoms that hold for an item on a day (UTC)."""
        true = {EVERY}
        at_key = self._at_key
        for key in item_keys(item, terms):
            if key in at_key:
                true.update(at_key[key])
        if self._doubtful:
            true -= {
                atom
                for atom in true & self._doubtful.keys()
                if not matches(self._doubtful[atom], item, terms, today)
            }
        true.update(self._dates(item.published.day.toordinal(), today.toordinal()))
        return true

    def _dates(self, day: int, today: int) -> Iterator[int]:
        spans, ages = iter(self._spans), iter(self._ages)
        for atom, first, after_last in zip(spans, spans, spans, strict=True):
            if first <= day < after_last:
                yield atom
        for atom, days in zip(ages, ages, strict=True):
            if day >= today - days:
                yield atom

    def _add(self, leaf: Leaf) -> int:
        match leaf:
            case PublishedIn(first, after_last):
                number = self.reserve(HIGHEST_COST)
                start = first.toordinal() if first else 0
                end = after_last.toordinal() if after_last else _NO_END
                self._spans.extend((number, start, end))
            case Age(days):
                number = self.reserve(HIGHEST_COST)
                self._ages.extend((number, days))
            case _:
                number = self._add_keyed(leaf, leaf_keys(leaf))
        return number

    def _add_keyed(self, leaf: Leaf, alternatives: list[tuple[str, ...]]) -> int:
        keys = {self._frequencies.rarest(keys) for keys in alternatives}
        number = self.reserve(sum(map(self._frequencies.of, keys)))
        if any(len(keys) > 1 for keys in alternatives):
            self._doubtful[number] = leaf
        for key in keys:
            self._at_key.setdefault(key, array("i")).append(number)
        return number
