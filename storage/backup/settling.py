"""What a backup cannot know: which of the messages that waited in it have been sent since.

Nothing is to come twice, so none of them goes out by itself. They are set aside, each with its
chat and items, where the operator finds them and can send them after all. What was held for a
digest that is not due yet has certainly not been sent, and stays.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col

from storage.database import Database, Transaction, rows_changed
from storage.outbox import SavedQueries, expand
from storage.outbox.schedules import run_schedules
from storage.tables import DeliveryRow, DigestRow, LeaseRow, SourceRow, State

REASON = "restored from a backup: may have been sent since"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Settled:
    """How many messages were set aside."""

    pushes: int
    digests: int


async def set_aside_uncertain(db: Database, saved: SavedQueries, *, now: datetime) -> Settled:
    """Set aside what a restored store would send now, though it may have been sent.

    That is what waited or was on its way, the fan-outs that were not done, and the digests that
    have been due by `now`. Sources count as never read, so that what they show next is taken in
    without a push. Nobody else may use the store meanwhile.
    """
    await _write_all(db, saved, now)
    async with db.write() as tx:
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


async def _set_aside(
    tx: Transaction, table: type[DeliveryRow] | type[DigestRow], now: datetime
) -> int:
    result = await tx.execute(
        update(table)
        .where(col(table.due_at).is_not(None))
        .values(state=State.FAILED, due_at=None, reason=REASON, settled_at=now)
    )
    return rows_changed(result)
