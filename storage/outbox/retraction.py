"""Taking back what waits of an item that was withdrawn.

What a sender may have had in its hands already, and what digests were made of, stays: claiming
leaves withdrawn items out.
"""

from sqlalchemy import delete, select
from sqlmodel import col

from storage.database import Transaction
from storage.tables import DeliveryRow, FanoutRow, State
from storage.tables.outbox import LAST_CHAT

_BEGUN = (State.LEASED, State.IN_DIGEST, State.SENT, State.FAILED, State.CANCELLED)


async def take_back(tx: Transaction, fanout: FanoutRow, room: int) -> int:
    """Delete what no sender has claimed yet, for up to `room` more chats; returns how many.

    Deleted and not cancelled, so that an item that is not withdrawn after all goes out again.
    """
    of_item = col(DeliveryRow.item_id) == fanout.item_id
    chat_id = col(DeliveryRow.chat_id)
    until = await tx.scalar(
        select(chat_id)
        .where(of_item, chat_id > fanout.chat_id)
        .order_by(chat_id)
        .offset(room - 1)
        .limit(1)
    )
    await tx.execute(
        delete(DeliveryRow).where(
            of_item,
            chat_id > fanout.chat_id,
            chat_id <= (LAST_CHAT if until is None else until),
            col(DeliveryRow.state).not_in(_BEGUN),
            col(DeliveryRow.attempts) == 0,
        )
    )
    if until is None:
        await tx.delete(fanout)
        return 1
    fanout.chat_id = until
    return room
