"""Taking back what waits to be sent."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlmodel import col

from domain.model import ChatState
from storage.database import Transaction
from storage.holding import IS_GATHERED
from storage.tables import ChatRow, DeliveryRow, DigestRow, State, SubscriptionRow


async def cancel_chat(tx: Transaction, chat_id: int, reason: str, now: datetime) -> None:
    """Cancel all that waits for a chat, is claimed for it, or is kept for its digests."""
    subscriptions = select(col(SubscriptionRow.id)).where(col(SubscriptionRow.chat_id) == chat_id)
    held = col(DeliveryRow.subscription_id).in_(subscriptions)
    await _cancel(tx, DeliveryRow, _is_open(DeliveryRow, chat_id), reason, now)
    await _cancel(tx, DigestRow, _is_open(DigestRow, chat_id), reason, now)
    await _cancel(tx, DeliveryRow, held, reason, now)
    gathered = and_(col(DeliveryRow.chat_id) == chat_id, IS_GATHERED)
    await _cancel(tx, DeliveryRow, gathered, reason, now)
    await tx.execute(update(DeliveryRow).where(held).values(subscription_id=None))


async def leave(tx: Transaction, chat_id: int, reason: str, now: datetime) -> None:
    """Note that a chat is gone, with its pause and all that waits for it."""
    await tx.execute(
        update(ChatRow)
        .where(col(ChatRow.id) == chat_id)
        .values(
            state=ChatState.GONE,
            reason=reason,
            changed_at=now,
            paused_until=None,
            digest_due_at=None,
        )
    )
    await cancel_chat(tx, chat_id, reason, now)


async def drop_subscription(tx: Transaction, subscription_id: int) -> None:
    """Forget the digests that wait for a subscription, and what is held for its next one."""
    digests = select(col(DigestRow.id)).where(
        col(DigestRow.subscription_id) == subscription_id, col(DigestRow.due_at).is_not(None)
    )
    await tx.execute(delete(DeliveryRow).where(col(DeliveryRow.digest_id).in_(digests)))
    await tx.execute(delete(DigestRow).where(col(DigestRow.id).in_(digests)))
    await tx.execute(delete(DeliveryRow).where(col(DeliveryRow.subscription_id) == subscription_id))


async def drop_pushes(tx: Transaction, chat_id: int) -> None:
    """Forget the pushes that wait for a chat, and what it gathered of them; not the claimed."""
    own = select(col(DigestRow.id)).where(
        col(DigestRow.chat_id) == chat_id,
        col(DigestRow.due_at).is_not(None),
        col(DigestRow.state) != State.LEASED,
        col(DigestRow.subscription_id).is_(None),
    )
    await tx.execute(delete(DeliveryRow).where(col(DeliveryRow.digest_id).in_(own)))
    await tx.execute(delete(DigestRow).where(col(DigestRow.id).in_(own)))
    waits = _is_open(DeliveryRow, chat_id) & (col(DeliveryRow.state) != State.LEASED)
    gathered = and_(col(DeliveryRow.chat_id) == chat_id, IS_GATHERED)
    await tx.execute(delete(DeliveryRow).where(waits))
    await tx.execute(delete(DeliveryRow).where(gathered))
    await tx.execute(update(ChatRow).where(col(ChatRow.id) == chat_id).values(digest_due_at=None))


def _is_open(table: type[DeliveryRow] | type[DigestRow], chat_id: int) -> ColumnElement[bool]:
    return (col(table.chat_id) == chat_id) & col(table.due_at).is_not(None)


async def _cancel(
    tx: Transaction,
    table: type[DeliveryRow] | type[DigestRow],
    which: ColumnElement[bool],
    reason: str,
    now: datetime,
) -> None:
    await tx.execute(
        update(table)
        .where(which)
        .values(state=State.CANCELLED, due_at=None, reason=reason, settled_at=now)
    )
