"""From a new item to one delivery for each chat that wants it.

A fan-out goes through three stages, and remembers in its row how far it has come: it matches each
saved query once, writes the pushes, and then holds the item for the digests of chats that got no
push. The rows' uniqueness makes it safe to go through chats again. A chat that has one version of a
story, on its way or sent, does not get another.
"""

from datetime import UTC, date, datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    bindparam,
    case,
    exists,
    false,
    insert,
    literal,
    null,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.errors import QueryError
from domain.matching import ItemTerms, matches
from domain.model import ChatState, Item
from domain.query import Names, parse
from domain.schedule import Cadence
from storage import database
from storage.database import Transaction
from storage.rows import load_items
from storage.tables import (
    ChatRow,
    DeliveryRow,
    FanoutQueryRow,
    FanoutRow,
    ItemRow,
    SavedQueryRow,
    SearchRow,
    State,
    SubscriptionRow,
)
from storage.tables.columns import UtcDateTime
from storage.tables.outbox import FIRST_CHAT, LAST_CHAT, Stage
from storage.terms import terms_of

QUERY_COST = 5
"""Matching one query counts as much as writing so many deliveries."""


async def expand(tx: Transaction, *, vocabulary: Names, now: datetime, chunk: int = 2500) -> int:
    """Do about `chunk` deliveries' worth of the oldest fan-outs; returns 0 when none is left.

    Call it again and again, each time in a short transaction of its own; it goes on where the last
    one ended. The number is how much was done, and is more than 0 while there may be more to do.
    Only active chats get the item, and only for subscriptions that are not newer than it.
    """
    done = 0
    while done < chunk:
        fanout = await tx.scalar(select(FanoutRow).order_by(col(FanoutRow.item_id)).limit(1))
        if fanout is None:
            break
        room = chunk - done
        if fanout.stage == Stage.MATCHING:
            done += await _match(tx, fanout, vocabulary, now, max(room // QUERY_COST, 1))
        else:
            done += await _deliver(tx, fanout, now, room)
        await tx.flush()
    return done


async def _match(
    tx: Transaction, fanout: FanoutRow, vocabulary: Names, now: datetime, limit: int
) -> int:
    queries = (
        await tx.execute(
            select(col(SavedQueryRow.id), col(SavedQueryRow.text))
            .where(col(SavedQueryRow.id) > fanout.query_id)
            .order_by(col(SavedQueryRow.id))
            .limit(limit)
        )
    ).all()
    if queries:
        item, terms = await _item(tx, fanout.item_id)
        today = now.astimezone(UTC).date()
        found = [
            {"item_id": fanout.item_id, "query_id": query_id}
            for query_id, text in queries
            if _matches(text, vocabulary, item, terms, today)
        ]
        if found:
            await tx.execute(insert(FanoutQueryRow), found)
        fanout.query_id = queries[-1][0] or 0
    if len(queries) < limit:
        _begin(fanout, Stage.PUSHES)
    return len(queries) * QUERY_COST + 1


async def _item(tx: Transaction, item_id: int) -> tuple[Item, ItemTerms]:
    item = (await load_items(tx, [item_id]))[item_id]
    row = await tx.get_one(SearchRow, item_id)
    return item, terms_of(row)


def _matches(text: str, vocabulary: Names, item: Item, terms: ItemTerms, today: date) -> bool:
    try:
        query = parse(text, vocabulary)
    except QueryError:
        # It names what is no longer in the taxonomy, so no item can have it.
        return False
    return matches(query.tree, item, terms, today)


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
    is_push = col(SubscriptionRow.schedule) == Cadence.NOW
    deliveries = (
        select(
            col(ItemRow.id),
            col(SubscriptionRow.chat_id),
            case((is_push, State.PENDING), else_=State.HELD),
            case((is_push, bindparam("now", type_=UtcDateTime)), else_=null()),
            case((is_push, null()), else_=col(SubscriptionRow.id)),
            literal(0),
            false(),
        )
        .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
        .join(ItemRow, col(ItemRow.id) == bindparam("item_id"))
        .where(
            *_followers(stage),
            col(SubscriptionRow.chat_id) <= bindparam("last"),
            is_push if stage is Stage.PUSHES else true(),
            col(SubscriptionRow.created_at) <= col(ItemRow.added_at),
            col(ChatRow.state) == ChatState.ACTIVE,
            ~_told_already() if has_versions else true(),
        )
        .order_by(col(SubscriptionRow.chat_id))
    )
    columns = ["item_id", "chat_id", "state", "due_at", "subscription_id", "attempts", "plain"]
    return (
        database.insert(DeliveryRow, on_sqlite=on_sqlite)
        .from_select(columns, deliveries)
        .on_conflict_do_nothing()
    )


def _begin(fanout: FanoutRow, stage: Stage) -> None:
    fanout.stage, fanout.query_id, fanout.chat_id = stage, 0, FIRST_CHAT
