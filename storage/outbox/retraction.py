"""Taking back what waits of an item that was withdrawn.

What no sender has claimed is deleted in chunks. What has been tried, or is in a digest, is left to
the next claim, which cancels it: so nothing of a withdrawn item goes out from the moment on.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, delete, select, update
from sqlmodel import col

from storage.database import Transaction
from storage.tables import DeliveryRow, DigestRow, ItemRow, State
from storage.tables.outbox import LAST_CHAT

REASON = "the item was withdrawn"

_BEGUN = (State.LEASED, State.IN_DIGEST, State.SENT, State.FAILED, State.CANCELLED)
_Row = TypeVar("_Row", bound=Row[*tuple[Any, ...]])


async def take_back_some(
    tx: Transaction, item_id: int, after: int, room: int
) -> tuple[int, int | None]:
    """Delete what no sender has claimed yet, for up to `room` chats after the chat `after`.

    Returns how many they were, and the last of them; None where none is left.
    Deleted and not cancelled, so that an item that is not withdrawn after all goes out again.
    """
    of_item = col(DeliveryRow.item_id) == item_id
    chat_id = col(DeliveryRow.chat_id)
    until = await tx.scalar(
        select(chat_id).where(of_item, chat_id > after).order_by(chat_id).offset(room - 1).limit(1)
    )
    await tx.execute(
        delete(DeliveryRow).where(
            of_item,
            chat_id > after,
            chat_id <= (LAST_CHAT if until is None else until),
            col(DeliveryRow.state).not_in(_BEGUN),
            col(DeliveryRow.attempts) == 0,
        )
    )
    return (1, None) if until is None else (room, until)


async def still_standing(tx: Transaction, rows: Sequence[_Row], now: datetime) -> list[_Row]:
    """Return those of the pushes just claimed whose items stand, and cancel the others.

    A row begins with the delivery's id and ends with its item's.
    """
    items = {row[-1] for row in rows}
    withdrawn = set(
        await tx.scalars(
            select(col(ItemRow.id)).where(
                col(ItemRow.id).in_(items), col(ItemRow.withdrawn_at).is_not(None)
            )
        )
    )
    if not withdrawn:
        return list(rows)
    await cancel(tx, DeliveryRow, [row[0] for row in rows if row[-1] in withdrawn], now)
    return [row for row in rows if row[-1] not in withdrawn]


async def cancel(
    tx: Transaction,
    table: type[DeliveryRow] | type[DigestRow],
    ids: Collection[int],
    now: datetime,
) -> None:
    """Cancel messages of withdrawn items."""
    if ids:
        await tx.execute(
            update(table)
            .where(col(table.id).in_(ids))
            .values(state=State.CANCELLED, due_at=None, reason=REASON, settled_at=now)
        )
