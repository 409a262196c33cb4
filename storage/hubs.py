"""Subscriptions at the hubs of sources (W3C Recommendation WebSub)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from storage.database import Transaction
from storage.tables import SourceRow, SubscribedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription; see `SubscribedRow`."""

    source_id: int
    hub: str
    topic: str
    token: str
    secret: str
    asked: datetime
    until: datetime | None


async def of_source(tx: Transaction, source_id: int) -> Subscribed | None:
    """Return the subscription of a source."""
    row = await tx.get(SubscribedRow, source_id)
    return _value(row) if row else None


async def by_token(tx: Transaction, token: str) -> Subscribed | None:
    """Return the subscription that a hub calls by this token."""
    row = await tx.scalar(select(SubscribedRow).where(col(SubscribedRow.token) == token))
    return _value(row) if row else None


async def ask(tx: Transaction, wanted: Subscribed) -> None:
    """Note that a hub is asked; token and secret stay where the source had others before."""
    row = await tx.get(SubscribedRow, wanted.source_id)
    if row is None:
        if await tx.get(SourceRow, wanted.source_id) is None:
            return
        tx.add(
            SubscribedRow(
                source_id=wanted.source_id,
                hub=wanted.hub,
                topic=wanted.topic,
                token=wanted.token,
                secret=wanted.secret,
                asked_at=wanted.asked,
            )
        )
        return
    row.hub, row.topic, row.asked_at = wanted.hub, wanted.topic, wanted.asked


async def confirm(tx: Transaction, token: str, until: datetime | None) -> None:
    """Note until when a hub tells us of changes; None: it does not."""
    await tx.execute(
        update(SubscribedRow).where(col(SubscribedRow.token) == token).values(until=until)
    )


async def changed(tx: Transaction, source_id: int, now: datetime) -> None:
    """Let a source be read at once, if it is read at all."""
    await tx.execute(
        update(SourceRow)
        .where(col(SourceRow.id) == source_id, col(SourceRow.next_poll_at) > now)
        .values(next_poll_at=now)
    )


def _value(row: SubscribedRow) -> Subscribed:
    return Subscribed(
        source_id=row.source_id,
        hub=row.hub,
        topic=row.topic,
        token=row.token,
        secret=row.secret,
        asked=row.asked_at,
        until=row.until,
    )
