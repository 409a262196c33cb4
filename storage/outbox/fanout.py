"""From a new item to one delivery for each chat that wants it.

A fan-out goes through three stages, and remembers in its row how far it has come: it notes which
saved queries match, writes the pushes, and then holds the item for the digests of chats that got no
push. The rows' uniqueness makes it safe to go through chats again. A chat that has one version of a
story, on its way or sent, does not get another.
"""

from bisect import bisect_right
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    bindparam,
    exists,
    false,
    insert,
    literal,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.model import ChatState
from storage import database
from storage.database import Transaction
from storage.outbox import timing
from storage.outbox.saved import SavedQueries, read_item
from storage.tables import (
    ChatRow,
    DeliveryRow,
    FanoutQueryRow,
    FanoutRow,
    ItemRow,
    QuietHoursRow,
    State,
    SubscriptionRow,
)
from storage.tables.outbox import FIRST_CHAT, LAST_CHAT, Stage

QUERY_COST = 25
"""Reading one saved query counts as much as writing so many deliveries."""


async def expand(tx: Transaction, *, saved: SavedQueries, now: datetime, chunk: int = 2500) -> int:
    """Do about `chunk` deliveries' worth of the oldest fan-outs; returns 0 when none is left.

    Call it again and again, each time in a short transaction of its own; it goes on where the last
    one ended. The number is how much was done, and is more than 0 while there may be more to do.
    Only chats that are not gone get the item, and only for subscriptions that are not newer than
    it; for what a chat has asked for meanwhile, see `timing`.
    """
    done = 0
    while done < chunk:
        fanout = await tx.scalar(select(FanoutRow).order_by(col(FanoutRow.item_id)).limit(1))
        if fanout is None:
            break
        room = chunk - done
        if fanout.stage == Stage.MATCHING:
            done += await _match(tx, fanout, saved, now, room)
        else:
            done += await _deliver(tx, fanout, now, room)
        await tx.flush()
    return done


async def _match(
    tx: Transaction, fanout: FanoutRow, saved: SavedQueries, now: datetime, room: int
) -> int:
    """Note the next queries that match, once all are read; asks for them anew in each chunk."""
    queries = max(room // QUERY_COST, 1)
    if not await saved.catch_up(tx, queries):
        return queries * QUERY_COST
    matching = saved.matching(*await read_item(tx, fanout.item_id), now.astimezone(UTC).date())
    left = matching[bisect_right(matching, fanout.query_id) :]
    if left:
        found = [{"item_id": fanout.item_id, "query_id": query_id} for query_id in left[:room]]
        await tx.execute(insert(FanoutQueryRow), found)
        fanout.query_id = found[-1]["query_id"]
    if len(left) <= room:
        _begin(fanout, Stage.PUSHES)
    return min(len(left), room) + 1


async def _deliver(tx: Transaction, fanout: FanoutRow, now: datetime, chunk: int) -> int:
    query_id = await tx.scalar(
        select(col(FanoutQueryRow.query_id))
        .where(
            col(FanoutQueryRow.item_id) == fanout.item_id,
            col(FanoutQueryRow.query_id) >= fanout.query_id,
        )
        .order_by(col(FanoutQueryRow.query_id))
        .limit(1)
    )
    if query_id is None:
        if fanout.stage == Stage.PUSHES:
            _begin(fanout, Stage.DIGESTS)
        else:
            await tx.delete(fanout)
        return 1
    if query_id != fanout.query_id:
        fanout.query_id, fanout.chat_id = query_id, FIRST_CHAT
    stage = Stage(fanout.stage)
    followers = {"query_id": query_id, "after": fanout.chat_id}
    connection = await tx.connection()
    last = await connection.scalar(_last_of_chunk(stage), followers | {"offset": chunk - 1})
    versions = await _has_versions(tx, fanout.item_id)
    result = await connection.execute(
        _write(stage, has_versions=versions, on_sqlite=database.is_sqlite(tx)),
        followers
        | {"item_id": fanout.item_id, "last": LAST_CHAT if last is None else last, "now": now},
    )
    if last is None:
        fanout.query_id, fanout.chat_id = query_id + 1, FIRST_CHAT
        return database.rows_changed(result) + 1
    fanout.chat_id = last
    return chunk


def _followers(stage: Stage) -> tuple[ColumnElement[bool], ...]:
    """Select a query's subscriptions after a chat: all, or those that have digests."""
    followers = (
        col(SubscriptionRow.query_id) == bindparam("query_id"),
        col(SubscriptionRow.chat_id) > bindparam("after"),
    )
    if stage is Stage.DIGESTS:
        return (*followers, col(SubscriptionRow.next_due_at).is_not(None))
    return followers


@cache
def _last_of_chunk(stage: Stage) -> Select[int]:
    """Return the query for the chat that a chunk ends with. Made once, as making it costs most."""
    return (
        select(col(SubscriptionRow.chat_id))
        .where(*_followers(stage))
        .order_by(col(SubscriptionRow.chat_id))
        .offset(bindparam("offset"))
        .limit(1)
    )


async def _has_versions(tx: Transaction, item_id: int) -> bool:
    """Say whether other items tell the same story."""
    other = aliased(ItemRow)
    found = await tx.scalar(
        select(col(other.id))
        .join(ItemRow, col(ItemRow.story) == col(other.story))
        .where(col(ItemRow.id) == item_id, col(other.id) != item_id)
        .limit(1)
    )
    return found is not None


def _told_already() -> ColumnElement[bool]:
    """Say of a subscription's chat whether another version of the item's story is for it."""
    version = aliased(ItemRow)
    return exists().where(
        col(version.story) == col(ItemRow.story),
        col(version.id) != col(ItemRow.id),
        col(DeliveryRow.item_id) == col(version.id),
        col(DeliveryRow.chat_id) == col(SubscriptionRow.chat_id),
        col(DeliveryRow.state) != State.CANCELLED,
    )


@cache
def _write(stage: Stage, *, has_versions: bool, on_sqlite: bool) -> Insert:
    """Return the statement that writes a chunk of deliveries, in chat order."""
    deliveries = (
        select(
            col(ItemRow.id),
            col(SubscriptionRow.chat_id),
            col(SubscriptionRow.thread_id),
            timing.state(),
            timing.due_at(),
            timing.subscription_id(),
            literal(0),
            false(),
        )
        .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
        .join(ItemRow, col(ItemRow.id) == bindparam("item_id"))
        .outerjoin(QuietHoursRow, timing.QUIET_HOURS)
        .where(
            *_followers(stage),
            col(SubscriptionRow.chat_id) <= bindparam("last"),
            timing.IS_PUSH if stage is Stage.PUSHES else true(),
            col(SubscriptionRow.created_at) <= col(ItemRow.added_at),
            col(ChatRow.state) != ChatState.GONE,
            ~_told_already() if has_versions else true(),
        )
        .order_by(col(SubscriptionRow.chat_id))
    )
    columns = "item_id chat_id thread_id state due_at subscription_id attempts plain".split()
    return (
        database.insert(DeliveryRow, on_sqlite=on_sqlite)
        .from_select(columns, deliveries)
        .on_conflict_do_nothing()
    )


def _begin(fanout: FanoutRow, stage: Stage) -> None:
    fanout.stage, fanout.query_id, fanout.chat_id = stage, 0, FIRST_CHAT
