"""Going through all that a query finds, every version of a story an item of its own."""

from datetime import UTC, datetime

from sqlalchemy import select

from domain.model import Item
from domain.query import Query
from storage.database import Transaction, is_sqlite
from storage.positions import item_at
from storage.rows import load_items
from storage.search import postgresql, sqlite


async def walk(
    tx: Transaction, query: Query, *, now: datetime, below: int | None = None, limit: int = 500
) -> list[tuple[int, Item]]:
    """Return the next `limit` items that match, newest first, each with its position.

    Starts with the newest, or behind the position `below`: the last one returned before. What
    comes in meanwhile moves nothing, so that no item is left out or seen twice. A step costs the
    same however far it is.
    """
    today = now.astimezone(UTC).date()
    found = (sqlite if is_sqlite(tx) else postgresql).find(query.tree, today)
    wanted = select(found.position).select_from(found.rows).where(found.wanted)
    if below is not None:
        wanted = wanted.where(found.position < below)
    positions = (await tx.scalars(wanted.order_by(found.position.desc()).limit(limit))).all()
    items = await load_items(tx, [item_at(position) for position in positions])
    return [(position, items[item_at(position)]) for position in positions]
