"""Sending items on their way: new ones, changed ones, and those that are not withdrawn after all.

An item goes out again only while it is known who got it: the rows that say so are kept for longer
than `EDITABLE`, and `pruned` is set with the first that goes.
"""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import col

from domain.changes import EDITABLE, Change
from storage.database import Transaction
from storage.outbox.edits import order_edits
from storage.rows import saved_id
from storage.tables import EditRow, FanoutRow, ItemRow
from storage.tables.outbox import FIRST_CHAT, Stage


async def start(tx: Transaction, row: ItemRow) -> None:
    """Send a new item on its way to its subscribers."""
    row.pushed = True
    await _begin(tx, saved_id(row.id), Stage.MATCHING)


async def changed(tx: Transaction, row: ItemRow, change: Change, now: datetime) -> None:
    """Let those who were told of an item know that it has changed, where that is due."""
    if change is Change.LITTLE or not _goes_out(row, now):
        return
    await order_edits(tx, saved_id(row.id), now)
    if change is Change.MUCH:
        await _begin(tx, saved_id(row.id), Stage.MATCHING)


async def take_back(tx: Transaction, row: ItemRow) -> None:
    """Stop an item wherever it is on its way."""
    row_id = saved_id(row.id)
    await tx.execute(delete(EditRow).where(col(EditRow.item_id) == row_id))
    if row.pushed:
        await _begin(tx, row_id, Stage.WITHDRAWAL)


async def give_again(tx: Transaction, row: ItemRow, now: datetime) -> None:
    """Let an item that had been taken back go on to those who have not got it."""
    row_id = saved_id(row.id)
    await tx.execute(delete(FanoutRow).where(col(FanoutRow.item_id) == row_id))
    if _goes_out(row, now):
        await _begin(tx, row_id, Stage.MATCHING)


def _goes_out(row: ItemRow, now: datetime) -> bool:
    return (
        row.pushed
        and not row.pruned
        and row.withdrawn_at is None
        and row.added_at >= now - EDITABLE
    )


async def _begin(tx: Transaction, item_id: int, stage: Stage) -> None:
    """Begin a fan-out, in place of one that may be on."""
    await tx.execute(delete(FanoutRow).where(col(FanoutRow.item_id) == item_id))
    await tx.execute(
        insert(FanoutRow).values(item_id=item_id, stage=stage, query_id=0, chat_id=FIRST_CHAT)
    )
