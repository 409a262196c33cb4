"""Asking the chats of messages that are due whether they want them now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Row, or_, select
from sqlmodel import col

from domain.model import ChatState
from domain.pace import Course, Told, judge_digest, judge_push, today
from storage.database import Transaction
from storage.holding import Messages, hold, pace_of, told_of
from storage.tables import ChatRow, DeliveryRow, ItemRow

_Row: TypeAlias = Row[*tuple[Any, ...]]


async def let_through(
    tx: Transaction, table: Messages, rows: Sequence[_Row], now: datetime, limit: int
) -> list[_Row]:
    """Return the first messages that may go out now, and count them for their chats' limits.

    A row begins with the message's id and its chat's; a push's ends with its item's. What
    may not go out is put off or gathered, with all that waits in the lane for the same chat.
    """
    chats = await _choosy(tx, [row[1] for row in rows])
    if not chats:
        return list(rows[:limit])
    asked = [row for row in rows if row[1] in chats and table is DeliveryRow]
    urgent = await _urgent(tx, [row[-1] for row in asked])
    counted = await _claimed_before(tx, [row[0] for row in asked])
    through: list[_Row] = []
    for row in rows:
        if len(through) == limit:
            break
        chat = chats.get(row[1])
        if chat is None:
            through.append(row)
            continue
        pace = pace_of(chat)
        if table is DeliveryRow:
            told = Told() if row[0] in counted else told_of(chat)
            ruling = judge_push(pace, told, now, urgent=row[-1] in urgent)
        else:
            ruling = judge_digest(pace, now)
        if ruling.course is not Course.SEND:
            await hold(tx, chat, table, ruling)
            continue
        through.append(row)
        if table is DeliveryRow and row[0] not in counted:
            _count(chat, now)
    await tx.flush()
    return through


def _count(chat: ChatRow, now: datetime) -> None:
    if chat.daily_limit is not None:
        told = today(told_of(chat), pace_of(chat), now)
        chat.day_ends_at, chat.told = told.day_ends, told.count + 1


async def _choosy(tx: Transaction, chat_ids: Sequence[int]) -> dict[int, ChatRow]:
    """Return those of the chats that have asked for anything."""
    if not chat_ids:
        return {}
    rows = await tx.scalars(
        select(ChatRow).where(
            col(ChatRow.id).in_(sorted(set(chat_ids))),
            or_(
                col(ChatRow.quiet).is_not(None),
                col(ChatRow.daily_limit).is_not(None),
                col(ChatRow.state) == ChatState.PAUSED,
            ),
        )
    )
    return {row.id: row for row in rows}


async def _claimed_before(tx: Transaction, ids: Sequence[int]) -> set[int]:
    """Return those of the deliveries that are tried again: these have been counted."""
    if not ids:
        return set()
    rows = await tx.scalars(
        select(col(DeliveryRow.id)).where(
            col(DeliveryRow.id).in_(ids), col(DeliveryRow.owner).is_not(None)
        )
    )
    return {row for row in rows if row is not None}


async def _urgent(tx: Transaction, item_ids: Sequence[int]) -> set[int]:
    if not item_ids:
        return set()
    rows = await tx.scalars(
        select(col(ItemRow.id)).where(col(ItemRow.id).in_(item_ids), col(ItemRow.urgent))
    )
    return {row for row in rows if row is not None}
