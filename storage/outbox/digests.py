"""Digests: what is held for a subscription or gathered for a chat becomes one message when due."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.sql.expression import insert as plain_insert
from sqlmodel import col

from domain.model import ChatState
from domain.pace import Course, judge_digest
from domain.schedule import parse_schedule, take_turn
from storage.database import Transaction, insert, is_sqlite
from storage.holding import IS_GATHERED, pace_of
from storage.rows import batches, saved_id
from storage.tables import ChatRow, DeliveryRow, DigestRow, State, SubscriptionRow

_Row: TypeAlias = Row[*tuple[Any, ...]]


async def make_digests(
    tx: Transaction, *, now: datetime, limit: int, due_by: datetime | None = None
) -> int:
    """Make the digests of up to `limit` subscriptions that are due, and set when they next are.

    With `due_by` only of those that were due by then.

    Returns how many subscriptions were due; call again until it is less than `limit`. A
    subscription that nothing is held for gets no message, unless its chat wants one. After a long
    stop one digest covers it all, and a subscription gets one digest for each time that it was
    due, at most. In its chat's quiet hours a digest is made and waits.
    """
    due = await _due(tx, due_by or now, limit)
    if not due:
        return 0
    chats = await _chats(tx, {row.chat_id for row in due})
    holding = await _holding(tx, [row.id for row in due])
    digests: list[dict[str, object]] = []
    moves: list[dict[str, object]] = []
    for row in due:
        chat = chats[row.chat_id]
        pauses = [until for until in (row.paused_until, chat.paused_until) if until is not None]
        turn = take_turn(
            parse_schedule(row.schedule),
            chat.timezone,
            now,
            holds_items=row.id in holding,
            wants_empty=chat.empty_digests and chat.state == ChatState.ACTIVE,
            paused_until=max(pauses, default=None),
        )
        moves.append({"subscription": row.id, "next_due": turn.next_due})
        if turn.makes_digest:
            digests.append(_digest(chat, row.id, row.next_due_at, now))
    await _gather(tx, digests)
    await (await tx.connection()).execute(
        update(SubscriptionRow)
        .where(col(SubscriptionRow.id) == bindparam("subscription"))
        .values(next_due_at=bindparam("next_due")),
        moves,
    )
    return len(due)


async def make_chat_digests(
    tx: Transaction, *, now: datetime, limit: int, due_by: datetime | None = None
) -> int:
    """Make the digests of up to `limit` chats whose own are due; returns how many there were.

    They tell what a chat missed in its pause, or what was over its daily limit.
    """
    rows = await tx.scalars(
        select(ChatRow)
        .where(col(ChatRow.digest_due_at) <= (due_by or now))
        .order_by(col(ChatRow.digest_due_at), col(ChatRow.id))
        .limit(limit)
    )
    chats = rows.all()
    for chat in chats:
        made = await tx.scalar(
            plain_insert(DigestRow).returning(col(DigestRow.id)),
            _digest(chat, None, chat.digest_due_at, now),
        )
        await tx.execute(
            update(DeliveryRow)
            .where(col(DeliveryRow.chat_id) == chat.id, IS_GATHERED)
            .values(state=State.IN_DIGEST, digest_id=made)
        )
        chat.digest_due_at = None
    await tx.flush()
    return len(chats)


def _digest(
    chat: ChatRow, subscription_id: int | None, period: datetime | None, now: datetime
) -> dict[str, object]:
    ruling = judge_digest(pace_of(chat), now)
    waits = ruling.course is Course.WAIT
    return {
        "subscription_id": subscription_id,
        "chat_id": chat.id,
        "period": period,
        "state": State.QUIET if waits else State.PENDING,
        "due_at": ruling.until if waits else now,
        "attempts": 0,
        "plain": False,
    }


async def _due(tx: Transaction, due_by: datetime, limit: int) -> Sequence[_Row]:
    rows = await tx.execute(
        select(
            col(SubscriptionRow.id),
            col(SubscriptionRow.chat_id),
            col(SubscriptionRow.schedule),
            col(SubscriptionRow.next_due_at),
            col(SubscriptionRow.paused_until),
        )
        .where(col(SubscriptionRow.next_due_at) <= due_by)
        .order_by(col(SubscriptionRow.next_due_at), col(SubscriptionRow.id))
        .limit(limit)
    )
    return rows.all()


async def _chats(tx: Transaction, chat_ids: Collection[int]) -> dict[int, ChatRow]:
    found: dict[int, ChatRow] = {}
    for batch in batches(sorted(chat_ids)):
        rows = await tx.scalars(select(ChatRow).where(col(ChatRow.id).in_(batch)))
        found |= {row.id: row for row in rows}
    return found


async def _holding(tx: Transaction, subscriptions: Sequence[int]) -> set[int]:
    """Return those of the subscriptions that something is held for."""
    found: set[int] = set()
    for batch in batches(subscriptions):
        held = select(col(DeliveryRow.subscription_id)).where(
            col(DeliveryRow.subscription_id).in_(batch)
        )
        found.update(saved_id(row) for row in await tx.scalars(held.distinct()))
    return found


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
