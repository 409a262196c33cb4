"""Digests: what is held for a subscription becomes one message when it is due."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from domain.schedule import next_due, parse_schedule
from storage.database import Transaction, insert, is_sqlite
from storage.tables import ChatRow, DeliveryRow, DigestRow, State, SubscriptionRow


async def make_digests(tx: Transaction, *, now: datetime, limit: int) -> int:
    """Make the digests of up to `limit` subscriptions that are due, and set when they next are.

    Returns how many subscriptions were due; call again until it is less than `limit`. A
    subscription that nothing is held for gets no message. After a long stop one digest covers it
    all, and a subscription gets one digest for each time that it was due, at most.
    """
    first = (
        select(SubscriptionRow)
        .where(col(SubscriptionRow.next_due_at) <= now)
        .order_by(col(SubscriptionRow.next_due_at), col(SubscriptionRow.id))
        .limit(limit)
        .subquery()
    )
    due = (
        await tx.execute(
            select(
                first.c.id,
                first.c.chat_id,
                first.c.schedule,
                first.c.next_due_at,
                col(ChatRow.timezone),
            )
            .join(ChatRow, col(ChatRow.id) == first.c.chat_id)
            .order_by(first.c.next_due_at, first.c.id)
        )
    ).all()
    if not due:
        return 0
    holding = await _holding(tx, [subscription for subscription, *_ in due])
    await _gather(
        tx,
        [
            {
                "subscription_id": subscription,
                "chat_id": chat_id,
                "period": period,
                "state": State.PENDING,
                "due_at": now,
                "attempts": 0,
                "plain": False,
            }
            for subscription, chat_id, _, period, _ in due
            if subscription in holding
        ],
    )
    await (await tx.connection()).execute(
        update(SubscriptionRow)
        .where(col(SubscriptionRow.id) == bindparam("subscription"))
        .values(next_due_at=bindparam("next_due")),
        [
            {
                "subscription": subscription,
                "next_due": next_due(parse_schedule(schedule), zone, now),
            }
            for subscription, _, schedule, _, zone in due
        ],
    )
    return len(due)


async def _holding(tx: Transaction, subscriptions: list[int | None]) -> set[int | None]:
    """Return those of the subscriptions that something is held for."""
    held = select(col(DeliveryRow.subscription_id)).where(
        col(DeliveryRow.subscription_id).in_(subscriptions)
    )
    return set((await tx.scalars(held.distinct())).all())


async def _gather(tx: Transaction, digests: list[dict[str, object]]) -> None:
    """Write the digests, and put what is held into them.

    For a period that had its digest, which a clock that was set back can bring again, it stays
    held for the next one.
    """
    if not digests:
        return
    made = await tx.execute(
        insert(DigestRow, on_sqlite=is_sqlite(tx))
        .on_conflict_do_nothing()
        .returning(col(DigestRow.id), col(DigestRow.subscription_id)),
        digests,
    )
    moves = [{"digest": digest, "subscription": owner} for digest, owner in made]
    if moves:
        await (await tx.connection()).execute(
            update(DeliveryRow)
            .where(col(DeliveryRow.subscription_id) == bindparam("subscription"))
            .values(state=State.IN_DIGEST, digest_id=bindparam("digest"), subscription_id=None),
            moves,
        )
