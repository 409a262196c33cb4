"""What Telegram's refusals taught: who is to be sent nothing until when."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from storage.database import Transaction, insert, is_sqlite
from storage.tables import HoldRow

EVERYONE = 0
"""Stands for a chat's id where the whole bot is held."""


async def note(tx: Transaction, chat_id: int, until: datetime, *, now: datetime) -> None:
    """Hold a chat, or `EVERYONE`, until then; forgets what has ended, and shortens nothing."""
    await tx.execute(delete(HoldRow).where(col(HoldRow.until) <= now))
    held = insert(HoldRow, on_sqlite=is_sqlite(tx)).values(chat_id=chat_id, until=until)
    await tx.execute(
        held.on_conflict_do_update(
            index_elements=["chat_id"],
            set_={"until": until},
            where=col(HoldRow.until) < until,
        )
    )


async def current(tx: Transaction, *, now: datetime) -> dict[int, datetime]:
    """Return until when each chat, or `EVERYONE`, is held."""
    rows = await tx.execute(
        select(col(HoldRow.chat_id), col(HoldRow.until)).where(col(HoldRow.until) > now)
    )
    return dict(rows.all())
