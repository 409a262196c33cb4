"""Subscriptions: which queries a chat follows, and when it wants to hear."""

from datetime import datetime

from sqlalchemy import delete, exists, false, func, literal, or_, select
from sqlmodel import col

from domain.errors import NotFoundError
from domain.model import ChatState, Subscription
from domain.schedule import first_due, next_due, parse_schedule
from storage.database import Transaction, insert, is_sqlite
from storage.rows import saved_id, subscription_of
from storage.tables import (
    ChatRow,
    DeliveryRow,
    FanoutQueryRow,
    FanoutRow,
    ItemRow,
    SavedQueryRow,
    State,
    SubscriptionRow,
)
from storage.tables.columns import BigId, UtcDateTime
from storage.tables.outbox import Stage
from storage.threads import use_again
from storage.waiting import drop_pushes, drop_subscription


async def add(
    tx: Transaction,
    chat_id: int,
    query: str,
    schedule: str,
    *,
    now: datetime,
    thread_id: int | None = None,
) -> tuple[Subscription, bool]:
    """Let a chat follow a query in its canonical form; tells too whether it did not already.

    One that it follows already gets the new schedule, and keeps what is held for its next digest:
    with `now` that goes out at once as a last digest. A new schedule ends a pause. Its messages go
    to the forum topic `thread_id` of the chat, which is used again if it was paused. Raises
    `NotFoundError` for a chat that is not registered and `ScheduleError` for a schedule that cannot
    be read.
    """
    read = parse_schedule(schedule)
    chat = await tx.get(ChatRow, chat_id)
    if chat is None:
        raise NotFoundError("this chat is not registered")
    query_id = await _query_id(tx, query)
    row = await tx.scalar(
        select(SubscriptionRow).where(
            col(SubscriptionRow.chat_id) == chat_id, col(SubscriptionRow.query_id) == query_id
        )
    )
    is_new = row is None
    due = next_due(read, chat.timezone, now)
    if row is None:
        row = SubscriptionRow(
            chat_id=chat_id,
            query_id=query_id,
            thread_id=thread_id,
            schedule=str(read),
            next_due_at=due,
            created_at=now,
        )
        tx.add(row)
    else:
        row.thread_id = thread_id
    if not is_new and row.schedule != str(read):
        row.schedule = str(read)
        row.paused_until = None
        row.next_due_at = now if due is None and await _holds_any(tx, row) else due
        if due is None and chat.state == ChatState.ACTIVE:
            await _catch_up(tx, row, now)
    if thread_id is not None:
        await use_again(tx, chat_id, thread_id)
    await tx.flush()
    return subscription_of(row, query), is_new


async def of_chat(tx: Transaction, chat_id: int) -> list[Subscription]:
    """Return what a chat follows, oldest first."""
    rows = await tx.execute(
        select(SubscriptionRow, col(SavedQueryRow.text))
        .join(SavedQueryRow, col(SavedQueryRow.id) == col(SubscriptionRow.query_id))
        .where(col(SubscriptionRow.chat_id) == chat_id)
        .order_by(col(SubscriptionRow.id))
    )
    return [subscription_of(row, query) for row, query in rows]


async def pause(
    tx: Transaction, chat_id: int, subscription_id: int, until: datetime, now: datetime
) -> bool:
    """Hold what a subscription finds until then, or `FOREVER`; False if the chat has none such.

    What it missed goes out as one digest: a subscription to `now` has it when the pause ends, any
    other one at its first time after that.
    """
    return await _set_pause(tx, chat_id, subscription_id, until, now)


async def resume(tx: Transaction, chat_id: int, subscription_id: int, now: datetime) -> bool:
    """End a subscription's pause; False if the chat has none such."""
    return await _set_pause(tx, chat_id, subscription_id, None, now)


async def resume_all(tx: Transaction, chat_id: int, now: datetime) -> int:
    """End the pauses of a chat's single subscriptions; returns how many there were."""
    rows = await tx.scalars(
        select(SubscriptionRow).where(
            col(SubscriptionRow.chat_id) == chat_id, col(SubscriptionRow.paused_until) > now
        )
    )
    paused = [saved_id(row.id) for row in rows]
    for subscription_id in paused:
        await resume(tx, chat_id, subscription_id, now)
    return len(paused)


async def remove(tx: Transaction, chat_id: int, subscription_id: int) -> bool:
    """End one of a chat's subscriptions and what is held for it; False if the chat has none such.

    With its last one all that waits for the chat goes; before that, nobody can tell which of its
    subscriptions an item was for.
    """
    row = await tx.get(SubscriptionRow, subscription_id)
    if row is None or row.chat_id != chat_id:
        return False
    await _end(tx, row)
    return True


async def remove_all(tx: Transaction, chat_id: int) -> int:
    """End all subscriptions of a chat; returns how many there were."""
    rows = await tx.scalars(select(SubscriptionRow).where(col(SubscriptionRow.chat_id) == chat_id))
    ended = rows.all()
    for row in ended:
        await _end(tx, row)
    return len(ended)


async def count(tx: Transaction) -> int:
    """Return how many subscriptions there are."""
    return (await tx.execute(select(func.count(col(SubscriptionRow.id))))).scalar_one()


async def _set_pause(
    tx: Transaction, chat_id: int, subscription_id: int, until: datetime | None, now: datetime
) -> bool:
    row = await tx.get(SubscriptionRow, subscription_id)
    chat = await tx.get(ChatRow, chat_id)
    if row is None or chat is None or row.chat_id != chat_id:
        return False
    row.paused_until = until
    due = first_due(parse_schedule(row.schedule), chat.timezone, now, until)
    row.next_due_at = now if due is None and await _holds_any(tx, row) else due
    await tx.flush()
    return True


async def _end(tx: Transaction, row: SubscriptionRow) -> None:
    await drop_subscription(tx, saved_id(row.id))
    query_id = row.query_id
    await tx.delete(row)
    await tx.flush()
    followed = exists().where(col(SubscriptionRow.query_id) == query_id)
    await tx.execute(delete(SavedQueryRow).where(col(SavedQueryRow.id) == query_id, ~followed))
    left = select(col(SubscriptionRow.id)).where(col(SubscriptionRow.chat_id) == row.chat_id)
    if await tx.scalar(left.limit(1)) is None:
        await drop_pushes(tx, row.chat_id)


async def _query_id(tx: Transaction, query: str) -> int:
    known = select(col(SavedQueryRow.id)).where(col(SavedQueryRow.text) == query)
    query_id = await tx.scalar(known)
    if query_id is None:
        await tx.execute(insert(SavedQueryRow, on_sqlite=is_sqlite(tx)).values(text=query))
        query_id = await tx.scalar(known)
    return saved_id(query_id)


async def _catch_up(tx: Transaction, row: SubscriptionRow, now: datetime) -> None:
    """Write the pushes of items that are on their way and may have passed the chat already."""
    passed = (
        select(
            col(FanoutQueryRow.item_id),
            literal(row.chat_id, BigId),
            literal(row.thread_id, BigId),
            literal(State.PENDING),
            literal(now, UtcDateTime),
            literal(0),
            false(),
        )
        .join(FanoutRow, col(FanoutRow.item_id) == col(FanoutQueryRow.item_id))
        .join(ItemRow, col(ItemRow.id) == col(FanoutQueryRow.item_id))
        .where(
            col(FanoutQueryRow.query_id) == row.query_id,
            col(FanoutRow.stage) != Stage.MATCHING,
            col(ItemRow.added_at) >= row.created_at,
            or_(col(FanoutQueryRow.since).is_(None), col(FanoutQueryRow.since) < row.created_at),
        )
        .order_by(col(FanoutQueryRow.item_id))
    )
    await tx.execute(
        insert(DeliveryRow, on_sqlite=is_sqlite(tx))
        .from_select(
            ["item_id", "chat_id", "thread_id", "state", "due_at", "attempts", "plain"], passed
        )
        .on_conflict_do_nothing()
    )


async def _holds_any(tx: Transaction, row: SubscriptionRow) -> bool:
    held = select(col(DeliveryRow.id)).where(col(DeliveryRow.subscription_id) == row.id).limit(1)
    return await tx.scalar(held) is not None
