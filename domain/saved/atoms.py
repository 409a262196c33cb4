"""The different leaves of all saved queries, as numbers, and which of them hold for an item."""

from array import array
from datetime import date

from domain.matching import ItemTerms, matches
from domain.model import Item
from domain.query.tree import Leaf
from domain.saved.frequency import Frequencies
from domain.saved.keys import item_keys, leaf_keys, leaf_name

EVERY = 1
"""The atom that every item has."""
_HIGHEST_COST = 2**31


class Atoms:
    """Numbers leaves from 2 on, the same for equal meanings."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._numbers: dict[str, int] = {}
        self._costs = array("q", [0, _HIGHEST_COST])
        self._at_key: dict[str, array[int]] = {}
        self._doubtful: dict[int, Leaf] = {}
        """Atoms that need more than their key."""
        self._keyless: dict[int, Leaf] = {}

    def number(self, leaf: Leaf) -> int:
        """Return the number of a leaf."""
        name = leaf_name(leaf)
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._costs)
            self._add(number, leaf)
        return number

    def cost(self, atom: int) -> int:
        """Return a number that grows with how many items have the atom."""
        return self._costs[atom]

    def has_key(self, atom: int) -> bool:
        """Say whether an item's keys tell of the atom; none does of dates."""
        return atom not in self._keyless

    def true(self, item: Item, terms: ItemTerms, today: date) -> set[int]:
        """Return the atoms that hold for an item on a day (UTC)."""
        true = {EVERY}
        for key in item_keys(item, terms):
            if key in self._at_key:
                true.update(self._at_key[key])
        if self._doubtful:
            true -= {
                atom
                for atom in true.intersection(self._doubtful)
                if not matches(self._doubtful[atom], item, terms, today)
            }
        for atom, leaf in self._keyless.items():
            if matches(leaf, item, terms, today):
                true.add(atom)
        return true

    def _add(self, number: int, leaf: Leaf) -> None:
        alternatives = leaf_keys(leaf)
        if alternatives is None:
            self._keyless[number] = leaf
            self._costs.append(_HIGHEST_COST)
            return
        keys = {self._frequencies.rarest(keys) for keys in alternatives}
        self._costs.append(sum(map(self._frequencies.of, keys)))
        if any(len(keys) > 1 for keys in alternatives):
            self._doubtful[number] = leaf
        for key in keys:
            self._at_key.setdefault(key, array("i")).append(number)
