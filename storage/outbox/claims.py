"""Handing messages to the dispatcher.

A claim is a lease: until it ends nobody else gets the message, and nothing more of the same chat
goes out, so a chat's messages arrive in their order. A message that waits for another try holds up
the later ones of its chat, and of no other.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.delivery import LEASE
from domain.model import Delivery, Item, Lane
from storage.database import Transaction, rows_changed
from storage.rows import load_items, saved_id
from storage.tables import DeliveryRow, DigestRow, State

DIGEST_SHARE = 4
"""One claim in so many is a digest while both lanes have messages."""


async def claim(tx: Transaction, *, owner: str, now: datetime, limit: int) -> list[Delivery]:
    """Claim up to `limit` messages that are due, for `LEASE`: at most one of each chat.

    Oldest first within a lane. Pushes go before digests, but for a guaranteed share. A message
    whose lease has ended is claimed again.
    """
    share = _digest_share(limit, now)
    digests = await _claim_digests(tx, owner, now, share) if share else []
    pushes = await _claim_pushes(tx, owner, now, limit - len(digests))
    room = limit - len(digests) - len(pushes)
    if room:
        digests += await _claim_digests(tx, owner, now, room)
    return pushes + digests


async def release_orphans(tx: Transaction, owner: str, *, now: datetime) -> int:
    """Give back what dispatchers other than `owner` claimed; returns how many messages.

    For a dispatcher that has just been elected: the former one is gone, and what it had in flight
    may or may not have arrived.
    """
    released = 0
    for table in (DeliveryRow, DigestRow):
        result = await tx.execute(
            update(table)
            .where(
                col(table.due_at) > now,
                col(table.state) == State.LEASED,
                col(table.owner) != owner,
            )
            .values(state=State.PENDING, due_at=now)
        )
        released += rows_changed(result)
    return released


def _digest_share(limit: int, now: datetime) -> int:
    if limit > 1:
        return max(limit // DIGEST_SHARE, 1)
    # One at a time: the clock's milliseconds serve as a die, so that neither lane waits for ever.
    return int(now.microsecond // 1000 % DIGEST_SHARE == 0)


async def _claim_pushes(tx: Transaction, owner: str, now: datetime, limit: int) -> list[Delivery]:
    earlier, digest = aliased(DeliveryRow), aliased(DigestRow)
    rows = await tx.scalars(
        select(DeliveryRow)
        .where(
            col(DeliveryRow.due_at) <= now,
            ~exists().where(
                col(earlier.chat_id) == col(DeliveryRow.chat_id),
                col(earlier.id) < col(DeliveryRow.id),
                col(earlier.due_at).is_not(None),
            ),
            ~exists().where(
                col(digest.chat_id) == col(DeliveryRow.chat_id), col(digest.due_at) > now
            ),
        )
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    claimed = rows.all()
    await _lease(tx, DeliveryRow, claimed, owner, now)
    items = await load_items(tx, list({row.item_id for row in claimed}))
    return [_delivery(row, None, (items[row.item_id],)) for row in claimed]


async def _claim_digests(tx: Transaction, owner: str, now: datetime, limit: int) -> list[Delivery]:
    earlier, push = aliased(DigestRow), aliased(DeliveryRow)
    rows = await tx.scalars(
        select(DigestRow)
        .where(
            col(DigestRow.due_at) <= now,
            ~exists().where(
                col(earlier.chat_id) == col(DigestRow.chat_id),
                col(earlier.id) < col(DigestRow.id),
                col(earlier.due_at).is_not(None),
            ),
            ~exists().where(col(push.chat_id) == col(DigestRow.chat_id), col(push.due_at) > now),
        )
        .order_by(col(DigestRow.due_at), col(DigestRow.id))
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    claimed = rows.all()
    await _lease(tx, DigestRow, claimed, owner, now)
    items = await _items_of_digests(tx, [saved_id(row.id) for row in claimed])
    return [_delivery(row, row.subscription_id, items[saved_id(row.id)]) for row in claimed]


async def _lease(
    tx: Transaction,
    table: type[DeliveryRow] | type[DigestRow],
    rows: Sequence[DeliveryRow] | Sequence[DigestRow],
    owner: str,
    now: datetime,
) -> None:
    if rows:
        await tx.execute(
            update(table)
            .where(col(table.id).in_([row.id for row in rows]))
            .values(
                state=State.LEASED,
                due_at=now + LEASE,
                owner=owner,
                attempts=table.attempts + 1,
            )
        )


async def _items_of_digests(
    tx: Transaction, digests: list[int]
) -> defaultdict[int, tuple[Item, ...]]:
    """Return the items of each digest, newest first."""
    pairs = (
        await tx.execute(
            select(col(DeliveryRow.digest_id), col(DeliveryRow.item_id)).where(
                col(DeliveryRow.digest_id).in_(digests)
            )
        )
    ).all()
    items = await load_items(tx, list({item_id for _, item_id in pairs}))
    of_digest: defaultdict[int, list[Item]] = defaultdict(list)
    for digest_id, item_id in pairs:
        of_digest[saved_id(digest_id)].append(items[item_id])
    ordered: defaultdict[int, tuple[Item, ...]] = defaultdict(tuple)
    for digest_id, members in of_digest.items():
        members.sort(key=lambda item: item.slug)
        members.sort(key=lambda item: item.published.at, reverse=True)
        ordered[digest_id] = tuple(members)
    return ordered


def _delivery(
    row: DeliveryRow | DigestRow, subscription_id: int | None, items: tuple[Item, ...]
) -> Delivery:
    return Delivery(
        id=saved_id(row.id),
        lane=Lane.PUSH if subscription_id is None else Lane.DIGEST,
        chat_id=row.chat_id,
        subscription_id=subscription_id,
        items=items,
        attempts=row.attempts,
        plain=row.plain,
    )
