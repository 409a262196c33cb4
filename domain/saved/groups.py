"""What is neither a leaf nor a plain conjunction, as atoms too: worked out once for all queries.

A name in plain words is its topic or country or its words in the text, so a few groups stand in
very many queries. A group is looked at only for an item that has an atom which the group needs.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.query.tree import And, Everything, Node, Not, Or
from domain.saved.atoms import EVERY, HIGHEST_COST, Atoms, Flags, joined

_END, _AND, _OR, _NOT = 0, -1, -2, -3
"""What stands in a formula beside atoms; operators come behind what they join."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an item must have for a part to hold."""

    cost: int
    """A number that grows with how many items have it."""
    atoms: tuple[int, ...]
    """One of these leaves,"""
    is_all: bool
    """and nothing else."""


NOTHING = Need(HIGHEST_COST, (EVERY,), is_all=False)


class Groups:
    """Numbers the parts of queries."""

    def __init__(self, atoms: Atoms) -> None:
        self._atoms = atoms
        self._numbers: dict[bytes, int] = {}
        self._implied: dict[int, array[int]] = {}
        """Atom → groups that hold wherever it does."""
        self._looked_at: dict[int, array[int]] = {}
        """Atom → where the formulas of groups begin that may hold where it does."""
        self._code = array("i")
        """For each group its number, its formula and an end."""

    def number(self, part: Node) -> int:
        """Return the number of a part, the same for the same part."""
        match part:
            case Everything():
                return EVERY
            case And() | Or() | Not():
                formula = self._formula(part)
                name = array("i", formula).tobytes()
                number = self._numbers.get(name)
                if number is None:
                    number = self._numbers[name] = self._add(self.need(part), formula)
                return number
            case _:
                return self._atoms.number(part)

    def need(self, part: Node) -> Need:
        """Return what an item must have for a part to hold."""
        match part:
            case And(parts):
                cheapest = min(map(self.need, parts), key=lambda need: need.cost)
                return Need(cheapest.cost, cheapest.atoms, is_all=False)
            case Or(parts):
                needs = [self.need(part) for part in parts]
                if NOTHING in needs:
                    return NOTHING
                atoms = tuple({atom for need in needs for atom in need.atoms})
                is_all = all(need.is_all for need in needs)
                return Need(sum(need.cost for need in needs), atoms, is_all)
            case Not() | Everything():
                return NOTHING
            case _:
                atom = self._atoms.number(part)
                return Need(self._atoms.cost(atom), (atom,), is_all=True)

    def add_true(self, true: set[int], flags: Flags) -> None:
        """Set the flags of the groups that hold where these atoms do."""
        flags[joined(self._implied, true, np.int32)] = True
        code = self._code
        for start in {
            start for atom in self._looked_at.keys() & true for start in self._looked_at[atom]
        }:
            if self._holds(start + 1, true):
                flags[code[start]] = True

    def _add(self, need: Need, formula: list[int]) -> int:
        number = self._atoms.reserve()
        if need.is_all:
            for atom in need.atoms:
                self._implied.setdefault(atom, array("i")).append(number)
            return number
        for atom in need.atoms:
            self._looked_at.setdefault(atom, array("i")).append(len(self._code))
        self._code.extend((number, *formula, _END))
        return number

    def _holds(self, at: int, true: set[int]) -> bool:
        code = self._code
        values: list[bool] = []
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

    def _formula(self, node: Node) -> list[int]:
        match node:
            case And(parts):
                return self._joined(parts, _AND)
            case Or(parts):
                return self._joined(parts, _OR)
            case Not(part):
                return [*self._formula(part), _NOT]
            case Everything():
                return [EVERY]
            case _:
                return [self._atoms.number(node)]

    def _joined(self, parts: Sequence[Node], step: int) -> list[int]:
        code = self._formula(parts[0])
        for part in parts[1:]:
            code += (*self._formula(part), step)
        return code
