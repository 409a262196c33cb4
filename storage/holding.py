"""Messages that are not to go out now: put off, gathered for a digest, or let go again.

Claimed ones are left alone everywhere: they may be on their way.
"""

from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, Update, delete, exists, select, text, update
from sqlmodel import col

from domain.pace import Course, Pace, Ruling, Told
from domain.quiet import parse_quiet
from storage.database import Transaction
from storage.tables import ChatRow, DeliveryRow, DigestRow, ItemRow, State

Messages: TypeAlias = type[DeliveryRow] | type[DigestRow]

IS_GATHERED = text(f"delivery.state = '{State.GATHERED}'")
"""Selects what waits for its chat's own digest; written out, as the index is over just these."""


def pace_of(row: ChatRow) -> Pace:
    """Return what a chat has asked for."""
    return Pace(
        timezone=row.timezone,
        quiet=parse_quiet(row.quiet) if row.quiet else None,
        daily_limit=row.daily_limit,
        paused_until=row.paused_until,
    )


def told_of(row: ChatRow) -> Told:
    """Return what a chat was told one by one."""
    return Told(row.day_ends_at, row.told)


async def hold(tx: Transaction, chat: ChatRow, table: Messages, ruling: Ruling) -> None:
    """Do to all that waits for a chat in a lane what a ruling says of the first of it."""
    if ruling.course is Course.SEND or ruling.until is None:
        return
    if ruling.course is Course.WAIT:
        await _put_off(tx, chat.id, table, ruling.until)
    elif table is DigestRow:
        await _unmake_digests(tx, chat.id)
    else:
        await _gather(tx, chat.id, urgent_too=chat.paused_until is not None)
        chat.digest_due_at = None if chat.paused_until else ruling.until


async def let_go(tx: Transaction, chat_id: int, now: datetime) -> None:
    """Let what was put off go out in its order."""
    for table in (DeliveryRow, DigestRow):
        await tx.execute(
            update(table)
            .where(_waits(table, chat_id, State.QUIET))
            .values(state=State.PENDING, due_at=now)
        )


async def has_gathered(tx: Transaction, chat_id: int) -> bool:
    """Tell whether something waits for a chat's own digest."""
    found = select(col(DeliveryRow.id)).where(col(DeliveryRow.chat_id) == chat_id, IS_GATHERED)
    return await tx.scalar(found.limit(1)) is not None


async def _put_off(tx: Transaction, chat_id: int, table: Messages, until: datetime) -> None:
    put_off = (
        update(table)
        .where(_waits(table, chat_id, State.PENDING, State.QUIET))
        .values(state=State.QUIET, due_at=until)
    )
    await tx.execute(put_off.where(~_is_urgent()) if table is DeliveryRow else put_off)


async def _gather(tx: Transaction, chat_id: int, *, urgent_too: bool) -> None:
    gather: Update = (
        update(DeliveryRow)
        .where(_waits(DeliveryRow, chat_id, State.PENDING, State.QUIET))
        .values(state=State.GATHERED, due_at=None)
    )
    await tx.execute(gather if urgent_too else gather.where(~_is_urgent()))


async def _unmake_digests(tx: Transaction, chat_id: int) -> None:
    """Hold the items of digests that have not gone out for later ones."""
    waiting = select(col(DigestRow.id)).where(
        _waits(DigestRow, chat_id, State.PENDING, State.QUIET)
    )
    of_subscription = (
        select(col(DigestRow.subscription_id))
        .where(col(DigestRow.id) == col(DeliveryRow.digest_id))
        .scalar_subquery()
    )
    await tx.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.digest_id).in_(waiting), of_subscription.is_not(None))
        .values(state=State.HELD, subscription_id=of_subscription, digest_id=None)
    )
    await tx.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.digest_id).in_(waiting))
        .values(state=State.GATHERED, digest_id=None)
    )
    await tx.execute(delete(DigestRow).where(col(DigestRow.id).in_(waiting)))


def _waits(table: Messages, chat_id: int, *states: State) -> ColumnElement[bool]:
    return (
        (col(table.chat_id) == chat_id)
        & col(table.due_at).is_not(None)
        & col(table.state).in_(states)
    )


def _is_urgent() -> ColumnElement[bool]:
    return exists().where(col(ItemRow.id) == col(DeliveryRow.item_id), col(ItemRow.urgent))
