"""From a new item to one delivery for each chat that wants it.

A fan-out goes through three stages, and remembers in its row how far it has come: it matches each
saved query once, writes the pushes, and then holds the item for the digests of chats that got no
push. The rows' uniqueness makes it safe to go through chats again.
"""

from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, case, false, insert, literal, null, or_, select, true
from sqlmodel import col

from domain.errors import QueryError
from domain.matching import ItemTerms, matches
from domain.model import ChatState, Item
from domain.query import Names, parse
from domain.schedule import Cadence
from storage import database
from storage.database import Transaction, rows_changed
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
from storage.tables.outbox import FIRST_CHAT, Stage

QUERY_COST = 5
"""Matching one query counts as much as writing so many deliveries."""


async def expand(tx: Transaction, *, vocabulary: Names, now: datetime, chunk: int = 1000) -> int:
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
    found = await tx.scalars(select(SearchRow).where(col(SearchRow.item_id) == item_id))
    row = found.one()
    return item, ItemTerms(row.title, row.body, row.caption)


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
    followers = (
        col(SubscriptionRow.query_id) == query_id,
        col(SubscriptionRow.chat_id) > fanout.chat_id,
    )
    last = await tx.scalar(
        select(col(SubscriptionRow.chat_id))
        .where(*followers)
        .order_by(col(SubscriptionRow.chat_id))
        .offset(chunk - 1)
        .limit(1)
    )
    up_to_last = true() if last is None else col(SubscriptionRow.chat_id) <= last
    written = await _write(tx, fanout, now, *followers, up_to_last)
    if last is None:
        fanout.query_id, fanout.chat_id = query_id + 1, FIRST_CHAT
        return written + 1
    fanout.chat_id = last
    return chunk


async def _write(
    tx: Transaction, fanout: FanoutRow, now: datetime, *followers: ColumnElement[bool]
) -> int:
    added = select(col(ItemRow.added_at)).where(col(ItemRow.id) == fanout.item_id).scalar_subquery()
    at_once = col(SubscriptionRow.schedule) == Cadence.NOW
    # A chat that turned to `now` after the pushes were written is met in the second stage.
    wanted = at_once
    if fanout.stage == Stage.DIGESTS:
        wanted = or_(~at_once, col(SubscriptionRow.changed_at) > added)
    deliveries = (
        select(
            literal(fanout.item_id),
            col(SubscriptionRow.chat_id),
            case((at_once, State.PENDING), else_=State.HELD),
            case((at_once, literal(now, UtcDateTime)), else_=null()),
            case((at_once, null()), else_=col(SubscriptionRow.id)),
            literal(0),
            false(),
        )
        .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
        .where(
            *followers,
            wanted,
            col(SubscriptionRow.created_at) <= added,
            col(ChatRow.state) == ChatState.ACTIVE,
        )
        .order_by(col(SubscriptionRow.chat_id))
    )
    columns = ["item_id", "chat_id", "state", "due_at", "subscription_id", "attempts", "plain"]
    result = await tx.execute(
        database.insert(tx, DeliveryRow).from_select(columns, deliveries).on_conflict_do_nothing()
    )
    return rows_changed(result)


def _begin(fanout: FanoutRow, stage: Stage) -> None:
    fanout.stage, fanout.query_id, fanout.chat_id = stage, 0, FIRST_CHAT
