"""A chat that is gone, or has another id."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.database import Transaction, insert, is_sqlite
from storage.tables import (
    ChatRow,
    DeliveryRow,
    DigestRow,
    FanoutRow,
    State,
    SubscriptionRow,
)
from storage.tables.outbox import FIRST_CHAT, Stage
from storage.waiting import leave


async def chat_gone(tx: Transaction, chat_id: int, reason: str, now: datetime) -> None:
    """Note that Telegram refuses the chat, and cancel all that waits for it, the claimed too.

    Its subscriptions stay, and count again when it registers.
    """
    await leave(tx, chat_id, reason, now)


async def chat_moved(tx: Transaction, old: int, new: int) -> None:
    """Give a chat its new id wherever it stands; what the new one has already is kept as it is.

    Does nothing for a chat that is not registered.
    """
    row = await tx.get(ChatRow, old)
    if row is None or old == new:
        return
    columns = {name: getattr(row, name) for name in ChatRow.model_fields}
    await tx.execute(
        insert(ChatRow, on_sqlite=is_sqlite(tx))
        .values(columns | {"id": new})
        .on_conflict_do_nothing()
    )
    await _move_subscriptions(tx, old, new)
    await _move_deliveries(tx, old, new)
    await tx.execute(update(DigestRow).where(col(DigestRow.chat_id) == old).values(chat_id=new))
    await tx.execute(delete(ChatRow).where(col(ChatRow.id) == old))
    await _begin_again(tx)


async def _move_subscriptions(tx: Transaction, old: int, new: int) -> None:
    mine, other = aliased(SubscriptionRow), aliased(SubscriptionRow)
    both = (
        await tx.execute(
            select(col(mine.id), col(other.id), col(mine.next_due_at))
            .join(other, col(other.query_id) == col(mine.query_id))
            .where(col(mine.chat_id) == old, col(other.chat_id) == new)
        )
    ).all()
    for old_id, new_id, next_due in both:
        await tx.execute(
            update(DeliveryRow)
            .where(col(DeliveryRow.subscription_id) == old_id)
            .values(subscription_id=new_id)
        )
        # Where the new one is `now`, what was held still goes out, as a last digest.
        await tx.execute(
            update(SubscriptionRow)
            .where(col(SubscriptionRow.id) == new_id, col(SubscriptionRow.next_due_at).is_(None))
            .values(next_due_at=next_due)
        )
        await tx.execute(delete(SubscriptionRow).where(col(SubscriptionRow.id) == old_id))
    await tx.execute(
        update(SubscriptionRow).where(col(SubscriptionRow.chat_id) == old).values(chat_id=new)
    )


async def _move_deliveries(tx: Transaction, old: int, new: int) -> None:
    """Keep one delivery of each item, and a sent one before one that waits."""
    mine, other = aliased(DeliveryRow), aliased(DeliveryRow)
    sent = select(col(mine.item_id)).where(col(mine.chat_id) == old, col(mine.state) == State.SENT)
    await tx.execute(
        delete(DeliveryRow).where(
            col(DeliveryRow.chat_id) == new,
            col(DeliveryRow.state) != State.SENT,
            col(DeliveryRow.item_id).in_(sent),
        )
    )
    there = select(col(other.item_id)).where(col(other.chat_id) == new)
    await tx.execute(
        delete(DeliveryRow).where(
            col(DeliveryRow.chat_id) == old, col(DeliveryRow.item_id).in_(there)
        )
    )
    await tx.execute(update(DeliveryRow).where(col(DeliveryRow.chat_id) == old).values(chat_id=new))


async def _begin_again(tx: Transaction) -> None:
    """Send the fan-outs through the chats once more: the new id may lie behind them already."""
    await tx.execute(
        update(FanoutRow)
        .where(col(FanoutRow.stage).in_([Stage.PUSHES, Stage.DIGESTS]))
        .values(stage=Stage.PUSHES, query_id=0, chat_id=FIRST_CHAT)
    )
