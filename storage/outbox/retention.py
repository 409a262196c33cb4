"""Forgetting who got what, after a time, in small transactions.

What keeps a chat from being told twice is not lost with it. A delivery goes only if its item came
in before the time kept too and its fan-out is done, and the item is marked first (`pruned`), after
which it is never sent on its way again. An entry that comes in anew is known by its sightings and
fingerprints, which stay. A new version of an old story goes to nobody who followed, when the old
one came, a query that both match (`FanoutQueryRow.since`).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlmodel import col

from storage.database import Transaction
from storage.rows import saved_id
from storage.tables import DeliveryRow, DigestRow, FanoutRow, ItemRow, State
from storage.tables.outbox import FIRST_CHAT, LAST_CHAT

FAILED_KEPT = 4
"""What was set aside is kept so many times as long as what was sent."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a round has come: through the deliveries by item and chat, then the digests."""

    item_id: int = 0
    chat_id: int = FIRST_CHAT
    digest_id: int | None = None
    """The last digest done; None while at the deliveries."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What one step did."""

    deleted: int
    place: Place | None
    """Where to go on; None at the end of a round."""


async def prune(
    tx: Transaction, place: Place, *, now: datetime, kept: timedelta, limit: int
) -> Pruned:
    """Look at up to `limit` rows from `place` on, and delete those settled longer than `kept` ago.

    Begin a round with `Place()` and go on, each time in a transaction of its own.
    """
    if place.digest_id is not None:
        return await _prune_digests(
            tx, place.digest_id, now - kept, now - kept * FAILED_KEPT, limit
        )
    deleted, last = await _prune_item(tx, place, now - kept, now - kept * FAILED_KEPT, limit)
    if last is not None:
        return Pruned(deleted, replace(place, chat_id=last))
    return Pruned(deleted, await _next_item(tx, place.item_id, now - kept))


async def _prune_item(
    tx: Transaction, place: Place, before: datetime, failed_before: datetime, limit: int
) -> tuple[int, int | None]:
    """Prune some of an item's deliveries; returns how many, and the last chat if there is more."""
    rows = (
        await tx.execute(
            select(
                col(DeliveryRow.id),
                col(DeliveryRow.chat_id),
                or_(
                    _is_over(DeliveryRow, before, failed_before),
                    and_(
                        col(DeliveryRow.state) == State.IN_DIGEST,
                        _is_over(DigestRow, before, failed_before),
                    ),
                ),
            )
            .outerjoin(DigestRow, col(DigestRow.id) == col(DeliveryRow.digest_id))
            .where(
                col(DeliveryRow.item_id) == place.item_id,
                col(DeliveryRow.chat_id) > place.chat_id,
            )
            .order_by(col(DeliveryRow.chat_id))
            .limit(limit)
        )
    ).all()
    old = [saved_id(row_id) for row_id, _, is_over in rows if is_over]
    if old:
        marked = update(ItemRow).where(col(ItemRow.id) == place.item_id).values(pruned=True)
        await tx.execute(marked)
        await tx.execute(delete(DeliveryRow).where(col(DeliveryRow.id).in_(old)))
    return len(old), (rows[-1][1] if len(rows) == limit else None)


async def _next_item(tx: Transaction, done: int, before: datetime) -> Place:
    """Return where the next item's deliveries begin; those of new items are left alone."""
    item_id = await tx.scalar(
        select(func.min(col(DeliveryRow.item_id))).where(col(DeliveryRow.item_id) > done)
    )
    if item_id is None:
        return Place(digest_id=0)
    is_old, is_on_its_way = (
        await tx.execute(
            select(
                col(ItemRow.added_at) < before,
                exists().where(col(FanoutRow.item_id) == col(ItemRow.id)),
            ).where(col(ItemRow.id) == item_id)
        )
    ).one()
    if not is_old:  # and so are all that came after it
        return Place(digest_id=0)
    return Place(item_id, LAST_CHAT if is_on_its_way else FIRST_CHAT)


async def _prune_digests(
    tx: Transaction, after: int, before: datetime, failed_before: datetime, limit: int
) -> Pruned:
    """Delete digests that nothing is left of."""
    rows = (
        await tx.execute(
            select(
                col(DigestRow.id),
                and_(
                    _is_over(DigestRow, before, failed_before),
                    ~exists().where(col(DeliveryRow.digest_id) == col(DigestRow.id)),
                ),
            )
            .where(col(DigestRow.id) > after)
            .order_by(col(DigestRow.id))
            .limit(limit)
        )
    ).all()
    old = [saved_id(row_id) for row_id, is_over in rows if is_over]
    if old:
        await tx.execute(delete(DigestRow).where(col(DigestRow.id).in_(old)))
    more = Place(digest_id=saved_id(rows[-1][0])) if len(rows) == limit else None
    return Pruned(len(old), more)


def _is_over(
    table: type[DeliveryRow] | type[DigestRow], before: datetime, failed_before: datetime
) -> ColumnElement[bool]:
    """Say of a message whether it was settled so long ago that nobody asks for it."""
    state, settled = col(table.state), col(table.settled_at)
    return or_(
        and_(state.in_([State.SENT, State.CANCELLED]), settled < before),
        and_(state == State.FAILED, settled < failed_before),
    )
