"""Messages that were set aside, and sending them again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, update
from sqlmodel import col

from domain.model import ChatState, Lane
from storage.database import Transaction, rows_changed
from storage.rows import batches
from storage.tables import ChatRow, DeliveryRow, DigestRow, ItemRow, State

_TABLES: dict[Lane, type[DeliveryRow] | type[DigestRow]] = {
    Lane.PUSH: DeliveryRow,
    Lane.DIGEST: DigestRow,
}


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that was set aside, why, and when."""

    lane: Lane
    id: int
    chat_id: int
    title: str | None
    """The item's; None for a digest."""
    attempts: int
    reason: str
    at: datetime


async def failed(tx: Transaction, limit: int) -> list[Failed]:
    """Return the messages that were set aside last, newest first."""
    title = (
        select(col(ItemRow.title)).where(col(ItemRow.id) == DeliveryRow.item_id).scalar_subquery()
    )
    found = []
    for lane, named in ((Lane.PUSH, title), (Lane.DIGEST, literal(None))):
        rows = await tx.execute(_set_aside(lane, named).limit(limit))
        found += [Failed(lane, *row) for row in rows]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:limit]


async def retry_failed(
    tx: Transaction, *, now: datetime, which: Collection[tuple[Lane, int]] | None = None
) -> int:
    """Send messages that were set aside again, all or `which`; returns how many.

    They begin anew, in their old place among their chat's messages. Those of chats that are not
    active stay.
    """
    active = select(col(ChatRow.id)).where(col(ChatRow.state) == ChatState.ACTIVE)
    done = 0
    for lane, table in _TABLES.items():
        again = (
            update(table)
            .where(col(table.state) == State.FAILED, col(table.chat_id).in_(active))
            .values(
                state=State.PENDING,
                due_at=now,
                attempts=0,
                plain=False,
                reason=None,
                settled_at=None,
            )
        )
        if which is None:
            done += rows_changed(await tx.execute(again))
            continue
        ids = sorted(row_id for its_lane, row_id in which if its_lane is lane)
        for batch in batches(ids):
            done += rows_changed(await tx.execute(again.where(col(table.id).in_(batch))))
    return done


def _set_aside(lane: Lane, title: Any) -> Select[*tuple[Any, ...]]:
    table = _TABLES[lane]
    return (
        select(
            col(table.id),
            col(table.chat_id),
            title,
            col(table.attempts),
            col(table.reason),
            col(table.settled_at),
        )
        .where(col(table.state) == State.FAILED)
        .order_by(col(table.id).desc())
    )
