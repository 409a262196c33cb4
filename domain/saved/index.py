"""An index over saved queries, made for millions of them in little memory.

Every query is a conjunction of atoms: of leaves, and of groups, which are worked out once for all
queries. It waits at the rarest part of it, which an item must have to be matched. An item has some
hundred leaves; all queries that wait at them are then filtered at once, as columns of numbers, by
two more atoms that each needs and one that must not be there, and the few that ask for more one by
one. What needs nothing (`-asia`) waits at an atom that every item has.

So an item costs its terms, plus a few nanoseconds for each query whose rarest part it has.
"""

from array import array
from datetime import date

import numpy as np

from domain.matching import ItemTerms
from domain.model import Item
from domain.query.tree import And, Everything, Node, Not
from domain.saved.atoms import EVERY, NEVER, Atoms, Flags, joined
from domain.saved.frequency import Frequencies
from domain.saved.groups import NOTHING, Groups

_COLUMNS = 4


class SavedIndex:
    """Finds the saved queries that match an item; it means what `domain.matching.matches` does."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._atoms = Atoms(frequencies)
        self._groups = Groups(self._atoms)
        self._settled: dict[int, array[int]] = {}
        """Atom → ids of queries that need nothing else."""
        self._waiting: dict[int, array[int]] = {}
        """Atom → for each query two more atoms that it needs, one that it must not have, and the
        query's place."""
        self._ids = array("q")
        self._further = array("i")
        """Where in `_more` the other atoms of the query at each place are; 0 for none."""
        self._more = array("i", [0])
        """For each query how many further atoms it needs and must not have, and which."""
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, query_id: int, tree: Node) -> None:
        """Add a saved query."""
        self._count += 1
        number, need = self._groups.number, self._groups.need
        parts = tree.parts if isinstance(tree, And) else (tree,)
        unwanted = [number(part.part) for part in parts if isinstance(part, Not)]
        needed = [(need(part), part) for part in parts if not isinstance(part, Not | Everything)]
        needed.sort(key=lambda one: one[0].cost)
        wait = needed[0][0] if needed else NOTHING
        wanted = [number(part) for _, part in (needed[1:] if wait.is_all else needed)]
        if not wanted and not unwanted:
            for atom in wait.atoms:
                self._settled.setdefault(atom, array("q")).append(query_id)
            return
        second, third = (*wanted[:2], EVERY, EVERY)[:2]
        row = (second, third, unwanted[0] if unwanted else NEVER, len(self._ids))
        for atom in wait.atoms:
            self._waiting.setdefault(atom, array("i")).extend(row)
        self._ids.append(query_id)
        wanted, unwanted = wanted[2:], unwanted[1:]
        self._further.append(len(self._more) if wanted or unwanted else 0)
        if wanted or unwanted:
            self._more.extend((len(wanted), len(unwanted), *wanted, *unwanted))

    def matching(self, item: Item, terms: ItemTerms, today: date) -> list[int]:
        """Return the ids of the saved queries that match an item on a day (UTC), in order."""
        true = self._atoms.true(item, terms, today)
        flags = self._atoms.flags(true)
        self._groups.add_true(true, flags)
        settled = joined(self._settled, true, np.int64)
        rows = joined(self._waiting, true, np.int32).reshape(-1, _COLUMNS)
        holds = flags[rows[:, 0]] & flags[rows[:, 1]] & ~flags[rows[:, 2]]
        places = rows[holds, 3]
        further = np.frombuffer(self._further, np.int32)[places]
        asks_more = np.flatnonzero(further)
        missing = [at for at in asks_more.tolist() if not self._has_more(int(further[at]), flags)]
        ids = np.frombuffer(self._ids, np.int64)[np.delete(places, missing)]
        found = np.sort(np.concatenate((settled, ids)))
        found = found[np.diff(found, prepend=-1) > 0]  # one that waits at two atoms comes twice
        listed: list[int] = found.tolist()
        return listed

    def _has_more(self, start: int, flags: Flags) -> bool:
        more = self._more
        unwanted = start + 2 + more[start]
        end = unwanted + more[start + 1]
        return all(flags[atom] for atom in more[start + 2 : unwanted]) and not any(
            flags[atom] for atom in more[unwanted:end]
        )
