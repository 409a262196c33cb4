"""All that is kept of a chat: given out, or erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, exists, select
from sqlmodel import col

from domain.model import TAG_AUTHORITY
from storage.database import Transaction
from storage.rows import batches
from storage.tables import ChatRow, ItemRow, SavedQueryRow, SubscriptionRow, metadata

CHAT = "chat_id"
NOT_OF_ONE_CHAT = frozenset({"edit", "fanout"})
"""Their `chat_id` tells how far a fan-out, or the editing of messages, has come."""

Kept = dict[str, Any]


async def export(tx: Transaction, chat_id: int) -> Kept | None:
    """Return every row of a chat, by table, as JSON values; None for a chat that is not known.

    Queries and items are named by their text and their id. Times are RFC 3339, in UTC.
    """
    chat = await tx.get(ChatRow, chat_id)
    if chat is None:
        return None
    kept: Kept = {"chat": {name: _value(getattr(chat, name)) for name in ChatRow.model_fields}}
    for table in _tables():
        rows = await tx.execute(table.select().where(table.c[CHAT] == chat_id))
        kept[table.name] = [
            {name: _value(value) for name, value in row._mapping.items() if name != CHAT}  # noqa: SLF001 - SQLAlchemy's public name
            for row in rows
        ]
    queries = await _names(tx, chat_id)
    for row in kept[SubscriptionRow.__tablename__]:
        row["query"] = queries[row.pop("query_id")]
    await _name_items(tx, kept)
    return kept


async def forget(tx: Transaction, chat_id: int) -> bool:
    """Erase every row of a chat; False for one that is not known.

    A message that is on its way arrives all the same.
    """
    chat = await tx.get(ChatRow, chat_id)
    if chat is None:
        return False
    queries = list(await _names(tx, chat_id))
    for table in reversed(_tables()):
        await tx.execute(table.delete().where(table.c[CHAT] == chat_id))
    await tx.delete(chat)
    await tx.flush()
    followed = exists().where(col(SubscriptionRow.query_id) == col(SavedQueryRow.id))
    for query_id in queries:
        await tx.execute(delete(SavedQueryRow).where(col(SavedQueryRow.id) == query_id, ~followed))
    return True


def _tables() -> list[Table]:
    """Return the tables that have rows of chats, each after those that it refers to."""
    return [
        table
        for table in metadata.sorted_tables
        if CHAT in table.c and table.name not in NOT_OF_ONE_CHAT
    ]


async def _names(tx: Transaction, chat_id: int) -> dict[int | None, str]:
    rows = await tx.execute(
        select(col(SavedQueryRow.id), col(SavedQueryRow.text))
        .join(SubscriptionRow, col(SubscriptionRow.query_id) == col(SavedQueryRow.id))
        .where(col(SubscriptionRow.chat_id) == chat_id)
    )
    return dict(rows.all())


async def _name_items(tx: Transaction, kept: Kept) -> None:
    named = [row for rows in kept.values() if isinstance(rows, list) for row in rows]
    named = [row for row in named if "item_id" in row]
    slugs: dict[int | None, str] = {}
    for batch in batches(sorted({row["item_id"] for row in named})):
        rows = await tx.execute(
            select(col(ItemRow.id), col(ItemRow.slug)).where(col(ItemRow.id).in_(batch))
        )
        slugs |= dict(rows.all())
    for row in named:
        row["item"] = f"tag:{TAG_AUTHORITY}:{slugs[row.pop('item_id')]}"


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
