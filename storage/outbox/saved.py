"""The saved queries as an index in memory, kept by the process that expands fan-outs."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from domain.errors import QueryError
from domain.matching import ItemTerms
from domain.model import Item
from domain.query import Names, tree_of
from domain.saved import Frequencies, SavedIndex
from storage.database import Transaction
from storage.positions import item_at
from storage.rows import load_items
from storage.tables import SavedQueryRow, SearchRow

SAMPLE = 500
"""So many of the newest items tell which words are rare."""


class SavedQueries:
    """Follows the table of saved queries, whose ids grow.

    A query that nobody follows any more stays until the process ends, and matches for nobody.
    """

    def __init__(self, vocabulary: Names) -> None:
        self._vocabulary = vocabulary
        self._index: SavedIndex | None = None
        self._read_to = 0

    async def catch_up(self, tx: Transaction, limit: int) -> bool:
        """Read at most `limit` queries that are new; True when none is left.

        Reading one takes a tenth of a millisecond, in which the event loop waits.
        """
        if self._index is None:
            self._index = SavedIndex(await _frequencies(tx))
        rows = await tx.execute(
            select(col(SavedQueryRow.id), col(SavedQueryRow.text))
            .where(col(SavedQueryRow.id) > self._read_to)
            .order_by(col(SavedQueryRow.id))
            .limit(limit)
        )
        found = rows.all()
        for query_id, text in found:
            self._add(self._index, query_id or 0, text)
        return len(found) < limit

    def matching(self, item: Item, terms: ItemTerms, today: date) -> list[int]:
        """Return the ids of the queries read so far that match an item, in order."""
        return [] if self._index is None else self._index.matching(item, terms, today)

    def _add(self, index: SavedIndex, query_id: int, text: str) -> None:
        self._read_to = query_id
        try:
            index.add(query_id, tree_of(text, self._vocabulary))
        except QueryError:
            # It names what is no longer in the taxonomy, so no item can have it.
            return


async def read_item(tx: Transaction, item_id: int) -> tuple[Item, ItemTerms]:
    """Return an item with its terms."""
    rows = await tx.scalars(select(SearchRow).where(col(SearchRow.item_id) == item_id))
    return (await load_items(tx, [item_id]))[item_id], _terms(rows.one())


async def _frequencies(tx: Transaction) -> Frequencies:
    newest = select(SearchRow).order_by(col(SearchRow.position).desc()).limit(SAMPLE)
    rows = (await tx.scalars(newest)).all()
    items = await load_items(tx, [item_at(row.position) for row in rows])
    return Frequencies((items[row.item_id], _terms(row)) for row in rows)


def _terms(row: SearchRow) -> ItemTerms:
    return ItemTerms(row.title, row.body, row.caption)
