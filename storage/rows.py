"""Rows to values."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import String, cast, func, select
from sqlmodel import col

from domain.model import Chat, ChatState, Item, Kind, Published, Subscription
from domain.quiet import parse_quiet
from storage.database import Transaction
from storage.tables import (
    ChatRow,
    ItemCountryRow,
    ItemMarkupRow,
    ItemRow,
    ItemTopicRow,
    SubscriptionRow,
)

_T = TypeVar("_T")

BATCH = 500
"""How many values an IN list may hold: well below what either database takes."""

_ALIKE = (
    "slug",
    "source",
    "document",
    "link",
    "lang",
    "title",
    "summary",
    "body",
    "caption",
    "photo_credit",
    "published_derived",
    "starts",
    "ends",
    "story",
    "urgent",
)
"""What an item and its row call by the same name."""
# One statement with its columns alone takes half the time of three with rows as objects.
_ITEMS = select(
    col(ItemRow.id),
    col(ItemRow.kind),
    col(ItemRow.published_at),
    col(ItemRow.published_day_only),
    col(ItemRow.added_at),
    col(ItemRow.updated_at),
    select(
        func.aggregate_strings(
            cast(col(ItemTopicRow.position), String) + " " + col(ItemTopicRow.topic), ","
        )
    )
    .where(col(ItemTopicRow.item_id) == col(ItemRow.id))
    .scalar_subquery(),
    select(func.aggregate_strings(col(ItemCountryRow.country), ","))
    .where(col(ItemCountryRow.item_id) == col(ItemRow.id))
    .scalar_subquery(),
    *(getattr(ItemRow, name) for name in _ALIKE),
)
_MARKUP = select(col(ItemMarkupRow.markup)).where(col(ItemMarkupRow.item_id) == col(ItemRow.id))
_MARKED = _ITEMS.add_columns(_MARKUP.scalar_subquery())


def batches(values: Sequence[_T], size: int = BATCH) -> Iterator[Sequence[_T]]:
    """Split into runs of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


async def load_items(
    tx: Transaction, ids: Sequence[int], *, markup: bool = False
) -> dict[int, Item]:
    """Return the items with these row ids, with their markup if asked; unknown ids are left out."""
    found: dict[int, Item] = {}
    statement, names = (_MARKED, (*_ALIKE, "markup")) if markup else (_ITEMS, _ALIKE)
    for batch in batches(ids):
        rows = await tx.execute(statement.where(col(ItemRow.id).in_(batch)))
        for row_id, kind, at, day_only, added, updated, topics, countries, *alike in rows:
            found[saved_id(row_id)] = Item(
                kind=Kind(kind),
                published=Published(at, day_only),
                added=added,
                updated=updated,
                topics=_in_order(topics),
                countries=tuple(sorted(countries.split(","))) if countries else (),
                **dict(zip(names, alike, strict=True)),
            )
    return found


def _in_order(topics: str | None) -> tuple[str, ...]:
    """Return the topics of a text such as `1 smuggling,0 trafficking` by their numbers."""
    entries = (entry.split(" ") for entry in topics.split(",")) if topics else ()
    return tuple(topic for _, topic in sorted((int(number), topic) for number, topic in entries))


def item_of(row: ItemRow, topics: tuple[str, ...], countries: tuple[str, ...]) -> Item:
    """Return the item that a row and its labels hold."""
    return Item(
        kind=Kind(row.kind),
        published=Published(row.published_at, row.published_day_only),
        added=row.added_at,
        updated=row.updated_at,
        topics=topics,
        countries=countries,
        **{name: getattr(row, name) for name in _ALIKE},
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
