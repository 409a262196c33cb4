"""What a backup cannot know: which of the messages that waited in it have been sent since.

Nothing is to come twice, so none of them goes out by itself. They are set aside, each with its
chat and items, where the operator finds them and can send them after all. What was held for a
later digest is among them: its chat may have asked for it sooner.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, false, func, insert, literal, select, update
from sqlmodel import col

from storage.database import Database, Transaction, rows_changed
from storage.outbox import SavedQueries, expand
from storage.outbox.schedules import run_schedules
from storage.tables import ChatRow, DeliveryRow, DigestRow, LeaseRow, SourceRow, State
from storage.tables.columns import UtcDateTime

REASON = "restored from a backup: may have been sent since"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Settled:
    """How many messages were set aside."""

    pushes: int
    digests: int


async def set_aside_uncertain(db: Database, saved: SavedQueries, *, now: datetime) -> Settled:
    """Set aside what a restored store would ever send, as it may have been sent.

    That is what waited or was on its way, the fan-outs that were not done, and what was held for
    digests, due by `now` or not. Sources count as never read, so that what they show next is taken
    in without a push. Nobody else may use the store meanwhile.
    """
    await _write_all(db, saved, now)
    async with db.write() as tx:
        await _write_held(tx, now)
        pushes = await _set_aside(tx, DeliveryRow, now)
        digests = await _set_aside(tx, DigestRow, now)
        await tx.execute(delete(LeaseRow))
        await tx.execute(
            update(SourceRow).values(
                last_success_at=None, etag=None, last_modified=None, digest=None
            )
        )
    return Settled(pushes, digests)


async def _write_all(db: Database, saved: SavedQueries, now: datetime) -> None:
    """Write the messages of items on their way and of digests that are due."""
    more = True
    while more:
        async with db.write() as tx:
            more = bool(await expand(tx, saved=saved, now=now))
    more = True
    while more:
        async with db.write() as tx:
            more = bool(await run_schedules(tx, now=now, limit=AT_ONCE))


async def _write_held(tx: Transaction, now: datetime) -> None:
    """Write as digests what is held for subscriptions and gathered for chats that are not due."""
    subscription_id = col(DeliveryRow.subscription_id)
    await _gather(
        tx, subscription_id.is_not(None), col(DigestRow.subscription_id) == subscription_id, now
    )
    is_gathered = col(DeliveryRow.state) == State.GATHERED
    await _gather(tx, is_gathered, col(DigestRow.subscription_id).is_(None), now)
    await tx.execute(update(ChatRow).values(digest_due_at=None))


async def _gather(
    tx: Transaction, waits: ColumnElement[bool], of_same: ColumnElement[bool], now: datetime
) -> None:
    """Write a digest for each subscription, or chat, of what waits, and put that into it."""
    at = literal(now, UtcDateTime)
    owners = (
        select(
            col(DeliveryRow.chat_id),
            col(DeliveryRow.subscription_id),
            at,
            literal(State.PENDING.value),
            at,
            literal(0),
            false(),
        )
        .where(waits)
        .distinct()
    )
    columns = "chat_id subscription_id period state due_at attempts plain".split()
    await tx.execute(insert(DigestRow).from_select(columns, owners))
    digest = select(func.max(col(DigestRow.id))).where(
        col(DigestRow.chat_id) == col(DeliveryRow.chat_id),
        col(DigestRow.due_at).is_not(None),
        of_same,
    )
    await tx.execute(
        update(DeliveryRow)
        .where(waits)
        .values(state=State.IN_DIGEST, digest_id=digest.scalar_subquery(), subscription_id=None)
    )


async def _set_aside(
    tx: Transaction, table: type[DeliveryRow] | type[DigestRow], now: datetime
) -> int:
    result = await tx.execute(
        update(table)
        .where(col(table.due_at).is_not(None))
        .values(state=State.FAILED, due_at=None, reason=REASON, settled_at=now)
    )
    return rows_changed(result)
