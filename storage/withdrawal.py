"""Withdrawing items, and taking that back.

A withdrawn item stays in the store, so that its source does not bring it in anew, but is in no
answer, feed or page, and what waits of it is not sent. Messages that were sent stay: their link
leads to a page that says so.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from domain.errors import NotFoundError, WithdrawnError
from domain.matching import item_terms
from domain.model import Item
from storage import editions, items
from storage.changes import advance
from storage.database import Transaction
from storage.outbox.starting import give_again, take_back
from storage.rows import load_items, saved_id
from storage.tables import ItemRow, SearchRow
from storage.terms import search_row


async def withdraw(tx: Transaction, slug: str, *, now: datetime) -> bool:
    """Withdraw an item; False if it was already. Raises `NotFoundError` if there is none such."""
    row = await _row(tx, slug)
    if row.withdrawn_at is not None:
        return False
    row.withdrawn_at = now
    row_id = saved_id(row.id)
    await editions.keep(tx, row_id, (await load_items(tx, [row_id]))[row_id])
    await tx.execute(delete(SearchRow).where(col(SearchRow.item_id) == row.id))
    await take_back(tx, row)
    await tx.flush()
    await advance(tx)
    return True


async def reinstate(tx: Transaction, slug: str, *, now: datetime) -> bool:
    """Show a withdrawn item again; False if it is not withdrawn. Raises `NotFoundError`.

    It goes on to subscribers who have not got it, if it is as new as `domain.changes.EDITABLE`.
    """
    row = await _row(tx, slug)
    if row.withdrawn_at is None:
        return False
    row.withdrawn_at = None
    await tx.flush()
    row_id = saved_id(row.id)
    item = (await load_items(tx, [row_id]))[row_id]
    await editions.restore(tx, row_id)
    tx.add(search_row(tx, row_id, item, item_terms(item)))
    await give_again(tx, row, now)
    await tx.flush()
    await advance(tx)
    return True


async def shown(tx: Transaction, slug: str) -> Item:
    """Return the item with this slug; raises `WithdrawnError`, or `NotFoundError`."""
    item = await items.get(tx, slug)
    if item is None:
        row = await _row(tx, slug)
        raise WithdrawnError(f"This item was withdrawn on {row.withdrawn_at:%Y-%m-%d}.")
    return item


async def _row(tx: Transaction, slug: str) -> ItemRow:
    row = await tx.scalar(select(ItemRow).where(col(ItemRow.slug) == slug))
    if row is None:
        raise NotFoundError("There is no such item.")
    return row
