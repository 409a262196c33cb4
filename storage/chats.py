"""Chats: who talks to the bot, and whether pushes go to them."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from domain.errors import NotFoundError
from domain.model import Chat, ChatState
from domain.schedule import FOREVER
from storage.database import Transaction
from storage.preferences import pause, resume
from storage.rows import chat_of
from storage.tables import ChatRow
from storage.waiting import leave


async def register(tx: Transaction, chat_id: int, *, now: datetime, timezone: str) -> Chat:
    """Return the chat, new with this time zone if it was not there.

    A chat that was gone is active again; one that its people paused stays paused.
    """
    row = await tx.get(ChatRow, chat_id)
    if row is None:
        row = ChatRow(
            id=chat_id,
            state=ChatState.ACTIVE,
            timezone=timezone,
            created_at=now,
            changed_at=now,
        )
        tx.add(row)
        await tx.flush()
    elif row.state == ChatState.GONE:
        row.state = ChatState.ACTIVE
        row.reason = None
        row.changed_at = now
    return chat_of(row)


async def get(tx: Transaction, chat_id: int) -> Chat | None:
    """Return the chat with this id."""
    row = await tx.get(ChatRow, chat_id)
    return chat_of(row) if row else None


async def set_state(
    tx: Transaction, chat_id: int, state: ChatState, reason: str | None, now: datetime
) -> Chat:
    """Set whether pushes go to a chat; raises `NotFoundError` if it never registered.

    Gone, all that waits for it is cancelled, so that a chat that comes back is not flooded. Paused,
    it is so until it is active again, and then has one digest of what it missed.
    """
    match state:
        case ChatState.ACTIVE:
            return await resume(tx, chat_id, now)
        case ChatState.PAUSED:
            return await pause(tx, chat_id, FOREVER, now)
        case ChatState.GONE:
            row = await tx.get(ChatRow, chat_id)
            if row is None:
                raise NotFoundError("this chat is not registered")
            await leave(tx, chat_id, reason or "the chat is gone", now)
            await tx.refresh(row)
            return chat_of(row)


async def counts(tx: Transaction) -> dict[ChatState, int]:
    """Return how many chats are in each state."""
    rows = await tx.execute(select(col(ChatRow.state), func.count()).group_by(col(ChatRow.state)))
    found = dict(rows.all())
    return {state: found.get(state, 0) for state in ChatState}
