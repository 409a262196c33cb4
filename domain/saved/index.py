"""An index over saved queries, made for millions of them in little memory.

Each different leaf of all queries is an atom with a number. A query waits at its rarest atoms, of
which an item must have one to be matched: the cheapest part of a conjunction, all branches of an
alternative. An item has some hundred atoms; the queries that wait at them are tried, first by a
second atom that they need too, then, where that does not settle it, by a program over atoms. What
has nothing to wait at (`-asia`, `last:30d`) waits at an atom that every item has.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.matching import ItemTerms, matches
from domain.model import Item
from domain.query.tree import And, Everything, Leaf, Node, Not, Or
from domain.saved.frequency import Frequencies
from domain.saved.keys import item_keys, leaf_keys, leaf_name

_EVERY = 1
"""The atom that every item has."""
_END, _AND, _OR, _NOT = 0, -1, -2, -3
"""What stands in a program beside atoms, which come before it (postfix)."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """Atoms of which a matching item has one, and how many items have one."""

    cost: int
    atoms: tuple[int, ...]


class SavedIndex:
    """Finds the saved queries that match an item; it means what `domain.matching.matches` does."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._numbers: dict[str, int] = {}
        self._atoms_of: dict[str, array[int]] = {}
        """Key → atoms to look at in an item that has it."""
        self._checked: dict[int, Leaf] = {}
        """Atoms that their key does not settle."""
        self._dated: dict[int, Leaf] = {}
        """Atoms without a key."""
        self._costs = array("q", [0, 2**31])
        self._waiting: dict[int, array[int]] = {}
        """Atom → pairs of a query's place and the second atom that it needs."""
        self._ids = array("q")
        self._programs = array("i")
        """Where each query's program begins; 0 for a query without one."""
        self._code = array("i", [_END])

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, query_id: int, tree: Node) -> None:
        """Add a saved query."""
        wait = self._wait(tree)
        atoms = (_EVERY,) if wait is None else wait.atoms
        second, settled = self._second(tree, atoms)
        place = len(self._ids)
        self._ids.append(query_id)
        self._programs.append(0 if settled else len(self._code))
        if not settled:
            self._compile(tree)
            self._code.append(_END)
        for atom in set(atoms):
            self._waiting.setdefault(atom, array("i")).extend((place, second))

    def matching(self, item: Item, terms: ItemTerms, today: date) -> list[int]:
        """Return the ids of the saved queries that match an item on a day (UTC), in order."""
        true = self._true(item, terms, today)
        found: set[int] = set()
        for atom in true.intersection(self._waiting):
            pairs = self._waiting[atom]
            places = zip(pairs[::2], pairs[1::2], strict=True)
            found.update(place for place, second in places if second in true)
        programs, ids = self._programs, self._ids
        return sorted(
            ids[place] for place in found if not programs[place] or self._run(programs[place], true)
        )

    def _true(self, item: Item, terms: ItemTerms, today: date) -> set[int]:
        """Return the atoms that hold for an item."""
        true = {_EVERY}
        for key in self._atoms_of.keys() & item_keys(item, terms):
            true.update(self._atoms_of[key])
        doubtful = [atom for atom in true if atom in self._checked]
        true.difference_update(
            atom for atom in doubtful if not matches(self._checked[atom], item, terms, today)
        )
        true.update(atom for atom, leaf in self._dated.items() if matches(leaf, item, terms, today))
        return true

    def _run(self, at: int, true: set[int]) -> bool:
        code, values = self._code, [False]
        while (step := code[at]) != _END:
            at += 1
            if step > 0:
                values.append(step in true)
            elif step == _NOT:
                values[-1] = not values[-1]
            else:
                right = values.pop()
                values[-1] = (values[-1] and right) if step == _AND else (values[-1] or right)
        return values[-1]

    def _compile(self, node: Node) -> None:
        match node:
            case And(parts):
                self._compile_all(parts, _AND)
            case Or(parts):
                self._compile_all(parts, _OR)
            case Not(part):
                self._compile(part)
                self._code.append(_NOT)
            case Everything():
                self._code.append(_EVERY)
            case _:
                self._code.append(self._atom(node))

    def _compile_all(self, parts: Sequence[Node], step: int) -> None:
        for place, part in enumerate(parts):
            self._compile(part)
            if place:
                self._code.append(step)

    def _wait(self, node: Node) -> _Wait | None:
        """Return where a query can wait; None where nothing is needed that has a key."""
        match node:
            case And(parts):
                waits = [wait for part in parts if (wait := self._wait(part))]
                return min(waits, key=lambda wait: wait.cost, default=None)
            case Or(parts):
                waits = [wait for part in parts if (wait := self._wait(part))]
                if len(waits) < len(parts):
                    return None
                atoms = tuple(atom for wait in waits for atom in wait.atoms)
                return _Wait(sum(wait.cost for wait in waits), atoms)
            case Not() | Everything():
                return None
            case _:
                atom = self._atom(node)
                return None if atom in self._dated else _Wait(self._costs[atom], (atom,))

    def _second(self, tree: Node, atoms: tuple[int, ...]) -> tuple[int, bool]:
        """Return a second atom that a match needs, and whether having both is a match."""
        parts = tree.parts if isinstance(tree, And) else (tree,)
        rest = [part for part in parts if not self._is_either(part, atoms)]
        leaves = [
            self._atom(part) for part in rest if not isinstance(part, And | Or | Not | Everything)
        ]
        second = min(leaves, key=lambda atom: self._costs[atom], default=_EVERY)
        return second, len(rest) == len(leaves) <= 1

    def _is_either(self, part: Node, atoms: tuple[int, ...]) -> bool:
        """Say whether one of the atoms is all that a part needs."""
        match part:
            case Or(parts):
                return all(self._is_either(one, atoms) for one in parts)
            case And() | Not():
                return False
            case Everything():
                return True
            case _:
                return self._atom(part) in atoms

    def _atom(self, leaf: Leaf) -> int:
        """Return the number of a leaf."""
        name = leaf_name(leaf)
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._costs)
            self._add_atom(number, leaf)
        return number

    def _add_atom(self, number: int, leaf: Leaf) -> None:
        alternatives = leaf_keys(leaf)
        if alternatives is None:
            self._dated[number] = leaf
            self._costs.append(2**31)
            return
        keys = {self._frequencies.rarest(keys) for keys in alternatives}
        self._costs.append(sum(map(self._frequencies.of, keys)))
        if any(len(keys) > 1 for keys in alternatives):
            self._checked[number] = leaf
        for key in keys:
            self._atoms_of.setdefault(key, array("i")).append(number)
