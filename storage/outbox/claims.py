"""Handing messages to the dispatcher.

A claim is a lease: until it ends nobody else gets the message, and nothing more of the same chat
goes out, so a chat's messages arrive in their order. A message that waits for another try holds up
the later ones of its chat, and of no other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    null,
    select,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.delivery import LEASE
from domain.model import Delivery, Item, Lane
from storage.database import Transaction, rows_changed
from storage.outbox.consent import let_through
from storage.outbox.retraction import cancel, still_standing
from storage.rows import saved_id
from storage.tables import ChatRow, DeliveryRow, DigestRow, ItemRow, State
from storage.threads import open_threads, threads_of
from storage.versions import told_to

_Query: TypeAlias = Select[*tuple[Any, ...]]
_Row: TypeAlias = Row[*tuple[Any, ...]]

DIGEST_SHARE = 4
"""One claim in so many is a digest while both lanes have messages."""

LOOKS, WIDE_LOOK = 20, 64
"""How often a claim looks on for more where chats do not want their messages now, and how far."""

LOOKS_PAST_WITHDRAWN = 20
"""How often a claim looks on where all that it took is of withdrawn items."""


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


async def any_due(tx: Transaction, *, now: datetime) -> bool:
    """Tell whether `claim` would find a message."""
    connection = await tx.connection()
    for query in (_NEXT_PUSHES, _NEXT_DIGESTS):
        if (await connection.execute(query, {"now": now, "limit": 1})).first() is not None:
            return True
    return False


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


def _next(
    table: type[DeliveryRow] | type[DigestRow], other: type[DeliveryRow] | type[DigestRow]
) -> _Query:
    """Return the query for the first messages of a lane; made once, as making it costs most.

    Left out are those of chats with an earlier message in the lane, or with a message of the other
    lane that is claimed or waits for another try. What waits for the end of quiet hours stands in
    the way of nothing: only what is urgent goes out meanwhile.
    """
    earlier = aliased(table)
    return (
        select(
            col(table.id),
            col(table.chat_id),
            col(table.attempts),
            col(table.plain),
            col(DeliveryRow.thread_id) if table is DeliveryRow else null(),
            col(DeliveryRow.item_id if table is DeliveryRow else DigestRow.subscription_id),
        )
        .where(
            col(table.due_at) <= bindparam("now"),
            ~exists().where(
                col(earlier.chat_id) == col(table.chat_id),
                col(earlier.id) < col(table.id),
                col(earlier.due_at).is_not(None),
                ~_sleeps(earlier),
            ),
            ~exists().where(
                col(other.chat_id) == col(table.chat_id),
                col(other.due_at) > bindparam("now"),
                ~_sleeps(other),
            ),
        )
        .order_by(col(table.due_at), col(table.id))
        .limit(bindparam("limit"))
    )


def _sleeps(table: type[DeliveryRow] | type[DigestRow]) -> ColumnElement[bool]:
    return and_(col(table.state) == State.QUIET, col(table.due_at) > bindparam("now"))


def _claim(table: type[DeliveryRow] | type[DigestRow]) -> Update:
    return (
        update(table)
        .where(col(table.id) == bindparam("which"))
        .values(
            state=State.LEASED,
            due_at=bindparam("until"),
            owner=bindparam("owner"),
            attempts=table.attempts + 1,
        )
    )


_NEXT_PUSHES, _NEXT_DIGESTS = _next(DeliveryRow, DigestRow), _next(DigestRow, DeliveryRow)
_CLAIM_PUSHES, _CLAIM_DIGESTS = _claim(DeliveryRow), _claim(DigestRow)


async def _claim_pushes(tx: Transaction, owner: str, now: datetime, limit: int) -> list[Delivery]:
    rows: Sequence[_Row] = []
    for _ in range(LOOKS_PAST_WITHDRAWN):
        taken = await _take(tx, DeliveryRow, _NEXT_PUSHES, _CLAIM_PUSHES, owner, now, limit)
        rows = await still_standing(tx, taken, now) if taken else []
        if rows or not taken:
            break
    readers = await _readers(tx, rows)
    threads = await open_threads(tx, {row[0]: (row[1], row[4]) for row in rows})
    told = await told_to(tx, [(item_id, readers[chat_id]) for _, chat_id, *_, item_id in rows])
    return [
        Delivery(
            id=row_id,
            lane=Lane.PUSH,
            chat_id=chat_id,
            subscription_id=None,
            items=(item,),
            also={item.slug: also} if also else {},
            attempts=attempts,
            plain=plain,
            thread_id=threads.get(row_id),
        )
        for (row_id, chat_id, attempts, plain, *_), (item, also) in zip(rows, told, strict=True)
    ]


async def _claim_digests(tx: Transaction, owner: str, now: datetime, limit: int) -> list[Delivery]:
    rows = await _take(tx, DigestRow, _NEXT_DIGESTS, _CLAIM_DIGESTS, owner, now, limit)
    readers = await _readers(tx, rows)
    items, emptied = await _items_of_digests(
        tx, {row_id: readers[chat] for row_id, chat, *_ in rows}
    )
    await cancel(tx, DigestRow, emptied, now)
    named = await threads_of(tx, [row[-1] for row in rows if row[-1] is not None])
    threads = await open_threads(tx, {row[0]: (row[1], named.get(row[-1])) for row in rows})
    begun = await _begun(tx, [row[0] for row in rows])
    return [
        Delivery(
            id=row_id,
            lane=Lane.DIGEST,
            chat_id=chat_id,
            subscription_id=subscription_id,
            items=items[row_id],
            begun=row_id in begun,
            attempts=attempts,
            plain=plain,
            thread_id=threads.get(row_id),
        )
        for row_id, chat_id, attempts, plain, _, subscription_id in rows
        if row_id not in emptied
    ]


async def _take(
    tx: Transaction,
    table: type[DeliveryRow] | type[DigestRow],
    query: _Query,
    claim: Update,
    owner: str,
    now: datetime,
    limit: int,
) -> Sequence[_Row]:
    connection = await tx.connection()
    until = now + LEASE
    taken: list[_Row] = []
    wide = limit
    for _ in range(LOOKS):
        found = (await connection.execute(query, {"now": now, "limit": wide})).all()
        rows = await let_through(tx, table, found, now, limit - len(taken))
        if rows:
            await connection.execute(
                claim, [{"which": row[0], "until": until, "owner": owner} for row in rows]
            )
            taken += rows
        if len(taken) == limit or len(found) < wide or len(rows) == len(found):
            break
        wide = max(limit, WIDE_LOOK)
    return taken


async def _readers(tx: Transaction, rows: Sequence[_Row]) -> dict[int, str | None]:
    """Return the language of each chat that something is claimed for."""
    chats = {chat_id for _, chat_id, *_ in rows}
    if not chats:
        return {}
    spoken = await tx.execute(
        select(col(ChatRow.id), col(ChatRow.language)).where(col(ChatRow.id).in_(sorted(chats)))
    )
    return {row[0]: row[1] for row in spoken}


async def _begun(tx: Transaction, digests: Sequence[int]) -> set[int]:
    """Return those of the digests of which a message was taken already."""
    if not digests:
        return set()
    rows = await tx.scalars(
        select(col(DeliveryRow.digest_id))
        .where(col(DeliveryRow.digest_id).in_(digests), col(DeliveryRow.state) == State.SENT)
        .distinct()
    )
    return {saved_id(row) for row in rows}


async def _items_of_digests(
    tx: Transaction, readers: Mapping[int, str | None]
) -> tuple[defaultdict[int, tuple[Item, ...]], set[int]]:
    """Return the items of each digest, one a story and newest first, for its reader's language.

    Withdrawn ones are left out; returns too which digests have none but such.
    """
    if not readers:
        return defaultdict(tuple), set()
    found = (
        await tx.execute(
            select(
                col(DeliveryRow.digest_id),
                col(DeliveryRow.item_id),
                col(ItemRow.withdrawn_at).is_(None),
            )
            .join(ItemRow, col(ItemRow.id) == col(DeliveryRow.item_id))
            .where(
                col(DeliveryRow.digest_id).in_(readers),
                col(DeliveryRow.state) == State.IN_DIGEST,
            )
            .order_by(col(DeliveryRow.item_id))
        )
    ).all()
    pairs = [(saved_id(digest), item_id) for digest, item_id, stands in found if stands]
    emptied = {saved_id(row[0]) for row in found} - {digest for digest, _ in pairs}
    told = await told_to(tx, [(item_id, readers[digest]) for digest, item_id in pairs])
    stories: defaultdict[int, dict[str, Item]] = defaultdict(dict)
    for (digest_id, _), (item, _) in zip(pairs, told, strict=True):
        stories[digest_id].setdefault(item.story, item)
    ordered: defaultdict[int, tuple[Item, ...]] = defaultdict(tuple)
    for digest_id, by_story in stories.items():
        members = sorted(by_story.values(), key=lambda item: item.slug)
        members.sort(key=lambda item: item.published.at, reverse=True)
        ordered[digest_id] = tuple(members)
    return ordered, emptied
