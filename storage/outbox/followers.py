"""The statements that write the deliveries of a fan-out; made once each, as making one costs most.

A fan-out goes through the chats in order, whatever they follow: so its rows fall side by side in
the index over (item, chat). In the order of queries, a million of them took fifteen times as long.
"""

from enum import Enum, auto
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.model import ChatState
from storage import database
from storage.outbox import timing
from storage.tables import (
    ChatRow,
    DeliveryRow,
    FanoutQueryRow,
    ItemRow,
    QuietHoursRow,
    State,
    SubscriptionRow,
)
from storage.tables.outbox import Stage


class Way(Enum):
    """How the followers of the queries that match are found."""

    AT_ONCE = auto()
    """They are few: query by query, and sorted."""
    OF_ONE = auto()
    """One query matches: its followers lie in order."""
    BY_CHAT = auto()
    """All subscriptions of some chats are looked at."""


_MATCHES = col(FanoutQueryRow.item_id) == bindparam("item_id")
_IS_NEW = or_(
    col(FanoutQueryRow.since).is_(None),
    col(SubscriptionRow.created_at) > col(FanoutQueryRow.since),
)


def _circumstances() -> Select[int, bool]:
    """Return the query for how many queries match, up to two, and if the story has versions."""
    queries = select(col(FanoutQueryRow.query_id)).where(_MATCHES).limit(2).subquery()
    other = aliased(ItemRow)
    versions = exists().where(
        col(ItemRow.id) == bindparam("item_id"),
        col(other.story) == col(ItemRow.story),
        col(other.id) != col(ItemRow.id),
    )
    return select(select(func.count(queries.c.query_id)).scalar_subquery(), versions)


CIRCUMSTANCES = _circumstances()


@cache
def more_followers(stage: Stage) -> Select[int]:
    """Return the query that finds something if there are more than `offset` followers."""
    return (
        select(col(SubscriptionRow.chat_id))
        .join(FanoutQueryRow, col(FanoutQueryRow.query_id) == col(SubscriptionRow.query_id))
        .where(_MATCHES, _has_digests(stage))
        .offset(bindparam("offset"))
        .limit(1)
    )


@cache
def end(stage: Stage, way: Way) -> Select[int]:
    """Return the query for the chat `offset` subscriptions on from the chat `after`."""
    passed: ColumnElement[bool] = true()
    if way is Way.OF_ONE:
        passed = (col(SubscriptionRow.query_id) == _the_query()) & _has_digests(stage)
    return (
        select(col(SubscriptionRow.chat_id))
        .where(passed, col(SubscriptionRow.chat_id) > bindparam("after"))
        .order_by(col(SubscriptionRow.chat_id))
        .offset(bindparam("offset"))
        .limit(1)
    )


@cache
def write(stage: Stage, way: Way, *, has_versions: bool, on_sqlite: bool) -> Insert:
    """Return the statement that writes deliveries for the chats after `after` up to `until`."""
    deliveries: Select[Any] = (
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
        .select_from(SubscriptionRow)
        .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
        .join(ItemRow, col(ItemRow.id) == bindparam("item_id"))
        .outerjoin(QuietHoursRow, timing.QUIET_HOURS)
        .where(
            _follows(way),
            col(SubscriptionRow.chat_id) > bindparam("after"),
            col(SubscriptionRow.chat_id) <= bindparam("until"),
            _has_digests(stage),
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


def _follows(way: Way) -> ColumnElement[bool]:
    """Say of a subscription whether its query matches, in the words that fit a way."""
    query_id = col(SubscriptionRow.query_id)
    fits = exists().where(_MATCHES, col(FanoutQueryRow.query_id) == query_id, _IS_NEW)
    match way:
        case Way.AT_ONCE:
            return query_id.in_(select(col(FanoutQueryRow.query_id)).where(_MATCHES)) & fits
        case Way.OF_ONE:
            return (query_id == _the_query()) & fits
        case Way.BY_CHAT:
            return fits


def _the_query() -> ColumnElement[int]:
    return select(col(FanoutQueryRow.query_id)).where(_MATCHES).limit(1).scalar_subquery()


def _has_digests(stage: Stage) -> ColumnElement[bool]:
    """Select the subscriptions that a stage is about: all, or those that have digests."""
    return col(SubscriptionRow.next_due_at).is_not(None) if stage is Stage.DIGESTS else true()


def _told_already() -> ColumnElement[bool]:
    """Say of a subscription's chat whether another version of the item's story is for it."""
    version = aliased(ItemRow)
    return exists().where(
        col(version.story) == col(ItemRow.story),
        col(version.id) != col(ItemRow.id),
        col(version.withdrawn_at).is_(None),
        col(DeliveryRow.item_id) == col(version.id),
        col(DeliveryRow.chat_id) == col(SubscriptionRow.chat_id),
        col(DeliveryRow.state) != State.CANCELLED,
    )
