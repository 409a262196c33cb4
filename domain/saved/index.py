"""An index over saved queries, made for millions of them in little memory.

A query waits at its rarest atoms, of which an item must have one to be matched: the cheapest part
of a conjunction, all branches of an alternative. An item has some hundred atoms; the queries that
wait at them are tried, first by a second atom that they need too, then, where that does not settle
it, by a program over atoms. What has nothing to wait at (`-asia`, `last:30d`) waits at an atom that
every item has.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.matching import ItemTerms
from domain.model import Item
from domain.query.tree import And, Everything, Leaf, Node, Not, Or
from domain.saved.atoms import EVERY, Atoms
from domain.saved.frequency import Frequencies

_END, _AND, _OR, _NOT = 0, -1, -2, -3
"""What stands in a formula beside atoms; operators come behind what they join."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """Atoms of which a matching item has one, and how many items have one."""

    cost: int
    atoms: tuple[int, ...]


class SavedIndex:
    """Finds the saved queries that match an item; it means what `domain.matching.matches` does."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._atoms = Atoms(frequencies)
        self._settled: dict[int, array[int]] = {}
        """Atom → ids of queries that every item with it matches."""
        self._waiting: dict[int, array[int]] = {}
        """Atom → pairs of a second atom that a query needs, and the query's place."""
        self._ids = array("q")
        self._starts = array("i")
        """Where the program of the query at each place begins; 0 for one without."""
        self._code = array("i", [_END])
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, query_id: int, tree: Node) -> None:
        """Add a saved query."""
        self._count += 1
        wait = self._wait(tree)
        atoms = {EVERY} if wait is None else set(wait.atoms)
        parts = tree.parts if isinstance(tree, And) else (tree,)
        parts = tuple(part for part in parts if not self._is_either(part, atoms))
        leaves = [self._atoms.number(part) for part in parts if isinstance(part, Leaf)]
        if not parts:
            for atom in atoms:
                self._settled.setdefault(atom, array("q")).append(query_id)
            return
        second = min(leaves, key=self._atoms.cost, default=EVERY)
        for atom in atoms:
            self._waiting.setdefault(atom, array("i")).extend((second, len(self._ids)))
        self._ids.append(query_id)
        needs_program = len(parts) > 1 or not leaves
        self._starts.append(len(self._code) if needs_program else 0)
        if needs_program:
            leaves = [atom for atom in leaves if atom != second]
            self._add_program(leaves, [part for part in parts if not isinstance(part, Leaf)])

    def matching(self, item: Item, terms: ItemTerms, today: date) -> list[int]:
        """Return the ids of the saved queries that match an item on a day (UTC), in order."""
        true = self._atoms.true(item, terms, today)
        ids, starts = self._ids, self._starts
        found: set[int] = set()
        for atom in true:
            found.update(self._settled.get(atom, ()))
            pairs = iter(self._waiting.get(atom, ()))
            for place in [
                place for second, place in zip(pairs, pairs, strict=True) if second in true
            ]:
                start = starts[place]
                if not start or self._run(start, true):
                    found.add(ids[place])
        return sorted(found)

    def _add_program(self, wanted: list[int], parts: list[Node]) -> None:
        """Write a program: atoms that are needed, atoms that must not be, and a formula."""
        negated = [part.part for part in parts if isinstance(part, Not)]
        unwanted = [self._atoms.number(part) for part in negated if isinstance(part, Leaf)]
        self._code.extend((len(wanted), len(unwanted), *wanted, *unwanted))
        formula = [
            part for part in parts if not (isinstance(part, Not) and isinstance(part.part, Leaf))
        ]
        if formula:
            self._compile_all(formula, _AND)
        self._code.append(_END)

    def _run(self, start: int, true: set[int]) -> bool:
        code = self._code
        unwanted = start + 2 + code[start]
        at = unwanted + code[start + 1]
        if not (true.issuperset(code[start + 2 : unwanted]) and true.isdisjoint(code[unwanted:at])):
            return False
        values = [True]
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
                self._code.append(EVERY)
            case _:
                self._code.append(self._atoms.number(node))

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
                atom = self._atoms.number(node)
                return _Wait(self._atoms.cost(atom), (atom,)) if self._atoms.has_key(atom) else None

    def _is_either(self, part: Node, atoms: set[int]) -> bool:
        """Say whether one of the atoms is all that a part needs."""
        match part:
            case Or(parts):
                return all(self._is_either(one, atoms) for one in parts)
            case And() | Not():
                return False
            case Everything():
                return True
            case _:
                return self._atoms.number(part) in atoms
