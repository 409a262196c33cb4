"""Mending what a clock did that was ahead, once it is set back.

What was timed by it would come as much too late as it was ahead.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from domain.delivery import LEASE, LONGEST_DELAY
from domain.pace import allowed_from, day_end
from domain.quiet import parse_quiet, window
from domain.schedule import NOW, brought_back, parse_schedule
from storage.database import Transaction
from storage.holding import pace_of
from storage.rows import saved_id
from storage.tables import (
    ChatRow,
    DeliveryRow,
    DigestRow,
    QuietHoursRow,
    State,
    SubscriptionRow,
)


async def bring_forward(tx: Transaction, now: datetime) -> None:
    """Let the messages that wait be looked at anew, with the hours and limits of their chats."""
    for row in (await tx.scalars(select(QuietHoursRow))).all():
        hours = window(parse_quiet(row.hours), row.timezone, now)
        row.starts_at, row.ends_at = hours.starts, hours.ends
    for chat in (await tx.scalars(select(ChatRow).where(col(ChatRow.digest_due_at) > now))).all():
        if chat.digest_due_at is not None:
            pace = pace_of(chat)
            latest = allowed_from(pace, day_end(chat.timezone, now))
            chat.digest_due_at = min(chat.digest_due_at, latest)
    await tx.flush()
    for table in (DeliveryRow, DigestRow):
        due = col(table.due_at)
        await tx.execute(
            update(table)
            .where(due > now, col(table.state) == State.QUIET)
            .values(state=State.PENDING, due_at=now)
        )
        await tx.execute(
            update(table)
            .where(due > now + LONGEST_DELAY, col(table.state) == State.PENDING)
            .values(due_at=now)
        )
        await tx.execute(
            update(table)
            .where(due > now + LEASE, col(table.state) == State.LEASED)
            .values(due_at=now + LEASE)
        )


async def time_anew(
    tx: Transaction, after: int, now: datetime, limit: int
) -> tuple[int | None, int]:
    """Time the next subscriptions by id; returns the last, None at the end, and how many."""
    rows = await tx.execute(
        select(SubscriptionRow, col(ChatRow.timezone))
        .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
        .where(col(SubscriptionRow.id) > after)
        .order_by(col(SubscriptionRow.id))
        .limit(limit)
    )
    found = rows.all()
    for row, zone in found:
        schedule = parse_schedule(row.schedule)
        if row.next_due_at is not None and row.next_due_at > now and schedule != NOW:
            row.next_due_at = brought_back(schedule, zone, row.next_due_at, now, row.paused_until)
    await tx.flush()
    return (saved_id(found[-1][0].id) if len(found) == limit else None), len(found)
