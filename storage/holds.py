"""What the limiter has to know after a restart: who is to be sent nothing, and who had how much."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from storage.database import Transaction, insert, is_sqlite
from storage.tables import DeliveryRow, DigestRow, HoldRow, State

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


async def sent_to_groups(tx: Transaction, *, since: datetime) -> list[tuple[datetime, int]]:
    """Return when messages were sent to groups and to which, oldest first.

    Asked once at the start, so it looks through all that was sent rather than keep an index.
    """
    found: list[tuple[datetime, int]] = []
    for table in (DeliveryRow, DigestRow):
        rows = await tx.execute(
            select(col(table.settled_at), col(table.chat_id)).where(
                col(table.chat_id) < 0,
                col(table.state) == State.SENT,
                col(table.settled_at) > since,
            )
        )
        found += [(at, chat_id) for at, chat_id in rows if at is not None]
    return sorted(found)
