"""What falls due by the clock alone: digests, the ends of pauses, quiet hours that change.

All of it lives in rows, so a tick only asks what is due. However often it runs, and in however
many processes, each thing happens once; after a stop it happens then.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlmodel import col

from domain.quiet import parse_quiet, window
from storage.database import Transaction
from storage.outbox.digests import make_chat_digests, make_digests
from storage.outbox.setback import bring_forward, time_anew
from storage.preferences import resume
from storage.tables import (
    ChatRow,
    FanoutRow,
    ItemRow,
    QuietHoursRow,
    SubscriptionRow,
    TickRow,
)
from storage.tables.columns import UtcDateTime

TICK = "schedules"
LOOK = timedelta(minutes=1)
"""How often the time is written down."""
TOLERANCE = timedelta(minutes=30)
"""A clock that is set back by less, or another machine's that is behind by less, does no harm: less
than the shortest period, so that nothing is passed over.
"""


def _anything_due() -> Select[bool]:
    """Return the query of `anything_due`; made once, as making it costs more than running it."""
    now: ColumnElement[datetime] = bindparam("now", type_=UtcDateTime)
    looked = exists().where(
        col(TickRow.name) == TICK,
        col(TickRow.at) <= bindparam("ahead", type_=UtcDateTime),
        col(TickRow.at) > bindparam("lately", type_=UtcDateTime),
        col(TickRow.position).is_(None),
    )
    due = or_(
        ~looked,
        _earliest(col(SubscriptionRow.next_due_at)) <= now,
        _earliest(col(ChatRow.digest_due_at)) <= now,
        _earliest(col(ChatRow.paused_until)) <= now,
        _earliest(col(QuietHoursRow.ends_at)) <= now,
    )
    return select(due)


def _earliest(column: SQLColumnExpression[Any]) -> ScalarSelect[Any]:
    """Return the first of a column's times: the end of its index, whatever planners expect."""
    # The indexes leave out rows without a time, and SQLite takes one only if the query does too.
    return select(func.min(column)).where(column.is_not(None)).scalar_subquery()


_ANYTHING_DUE = _anything_due()


async def anything_due(tx: Transaction, now: datetime) -> bool:
    """Tell whether `run_schedules` has anything to do; a few look-ups in small indexes."""
    asked = {"now": now, "ahead": now + TOLERANCE, "lately": now - LOOK}
    return bool((await (await tx.connection()).execute(_ANYTHING_DUE, asked)).scalar_one())


async def run_schedules(tx: Transaction, *, now: datetime, limit: int = 200) -> int:
    """Do up to about `limit` things that are due; call it again until it returns 0.

    A digest waits for items that came before it was due and are on their way to its chat.
    """
    done = await _look_at_clock(tx, now, limit)
    await _change_quiet_hours(tx, now)
    done += await _end_pauses(tx, now, limit)
    oldest = await tx.scalar(
        select(func.min(col(ItemRow.added_at))).join(
            FanoutRow, col(FanoutRow.item_id) == col(ItemRow.id)
        )
    )
    until = now if oldest is None else min(now, oldest)
    done += await make_digests(tx, now=now, limit=limit, due_by=until)
    return done + await make_chat_digests(tx, now=now, limit=limit, due_by=until)


async def _end_pauses(tx: Transaction, now: datetime, limit: int) -> int:
    over = await tx.scalars(
        select(col(ChatRow.id)).where(col(ChatRow.paused_until) <= now).limit(limit)
    )
    chats = over.all()
    for chat_id in chats:
        await resume(tx, chat_id, now)
    return len(chats)


async def _change_quiet_hours(tx: Transaction, now: datetime) -> None:
    """Turn to the next day's where they have ended: a row for all who have the same."""
    rows = await tx.scalars(select(QuietHoursRow).where(col(QuietHoursRow.ends_at) <= now))
    for row in rows.all():
        used = select(col(ChatRow.id)).where(
            col(ChatRow.quiet) == row.hours, col(ChatRow.timezone) == row.timezone
        )
        if await tx.scalar(used.limit(1)) is None:
            await tx.delete(row)
        else:
            hours = window(parse_quiet(row.hours), row.timezone, now)
            row.starts_at, row.ends_at = hours.starts, hours.ends
    await tx.flush()


async def _look_at_clock(tx: Transaction, now: datetime, limit: int) -> int:
    """Write the time down; where the clock was set back, mend what it did while it was ahead."""
    tick = await tx.get(TickRow, TICK)
    if tick is None:
        tx.add(TickRow(name=TICK, at=now))
        return 0
    if tick.at > now + TOLERANCE:
        tick.at, tick.position = now, 0
        await bring_forward(tx, now)
    elif now - tick.at >= LOOK:
        tick.at = now
    if tick.position is None:
        return 0
    tick.position, seen = await time_anew(tx, tick.position, now, limit)
    await tx.flush()
    return seen
