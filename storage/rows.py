"""Rows to values."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import literal, select, union_all
from sqlmodel import col

from domain.model import Chat, ChatState, Item, Kind, Published, Subscription
from domain.quiet import parse_quiet
from storage.database import Transaction
from storage.tables import ChatRow, ItemCountryRow, ItemRow, ItemTopicRow, SubscriptionRow

_T = TypeVar("_T")

_COUNTRY = -1
"""Stands where a topic has its position."""
BATCH = 500
"""How many values an IN list may hold: well below what either database takes."""


def batches(values: Sequence[_T], size: int = BATCH) -> Iterator[Sequence[_T]]:
    """Split into runs of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


async def load_items(tx: Transaction, ids: Sequence[int]) -> dict[int, Item]:
    """Return the items with these row ids; unknown ids are left out."""
    found: dict[int, Item] = {}
    for batch in batches(ids):
        topics, countries = await labels(tx, batch)
        rows = await tx.scalars(select(ItemRow).where(col(ItemRow.id).in_(batch)))
        for row in rows:
            row_id = saved_id(row.id)
            found[row_id] = item_of(row, tuple(topics[row_id]), tuple(countries[row_id]))
    return found


async def labels(
    tx: Transaction, ids: Sequence[int]
) -> tuple[defaultdict[int, list[str]], defaultdict[int, list[str]]]:
    """Return the topics and the countries of items by row id, each in its own order."""
    topic = select(col(ItemTopicRow.item_id), col(ItemTopicRow.position), col(ItemTopicRow.topic))
    country = select(col(ItemCountryRow.item_id), literal(_COUNTRY), col(ItemCountryRow.country))
    both = union_all(
        topic.where(col(ItemTopicRow.item_id).in_(ids)),
        country.where(col(ItemCountryRow.item_id).in_(ids)),
    )
    topics: defaultdict[int, list[str]] = defaultdict(list)
    countries: defaultdict[int, list[str]] = defaultdict(list)
    for row_id, position, name in sorted(await tx.execute(both), key=tuple):
        (countries if position == _COUNTRY else topics)[row_id].append(name)
    return topics, countries


def item_of(row: ItemRow, topics: tuple[str, ...], countries: tuple[str, ...]) -> Item:
    """Return the item that a row and its labels hold."""
    return Item(
        slug=row.slug,
        source=row.source,
        document=row.document,
        link=row.link,
        kind=Kind(row.kind),
        lang=row.lang,
        title=row.title,
        summary=row.summary,
        body=row.body,
        caption=row.caption,
        photo_credit=row.photo_credit,
        published=Published(row.published_at, row.published_day_only),
        published_derived=row.published_derived,
        starts=row.starts,
        ends=row.ends,
        topics=topics,
        countries=countries,
        story=row.story,
        urgent=row.urgent,
        added=row.added_at,
        updated=row.updated_at,
    )


def chat_of(row: ChatRow) -> Chat:
    """Return the chat that a row holds."""
    return Chat(
        id=row.id,
        state=ChatState(row.state),
        timezone=row.timezone,
        language=row.language,
        quiet=parse_quiet(row.quiet) if row.quiet else None,
        daily_limit=row.daily_limit,
        empty_digests=row.empty_digests,
        paused_until=row.paused_until,
    )


def subscription_of(row: SubscriptionRow, query: str) -> Subscription:
    """Return the subscription that a row and its saved query's text hold."""
    return Subscription(
        id=saved_id(row.id),
        chat_id=row.chat_id,
        query=query,
        schedule=row.schedule,
        created=row.created_at,
        paused_until=row.paused_until,
        thread_id=row.thread_id,
    )


def saved_id(row_id: int | None) -> int:
    """Return the id of a row that is in the store, where it always has one."""
    if row_id is None:
        raise ValueError("the row is not in the store yet")
    return row_id
