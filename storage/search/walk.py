"""Going through all that a query finds, every version of a story an item of its own."""

from datetime import datetime

from domain.model import Item
from domain.query import Query
from storage.database import Transaction
from storage.positions import item_at
from storage.rows import load_items
from storage.search.lookup import look_up, newest


async def walk(
    tx: Transaction, query: Query, *, now: datetime, below: int | None = None, limit: int = 500
) -> list[tuple[int, Item]]:
    """Return the next `limit` items that match, newest first, each with its position.

    Starts with the newest, or behind the position `below`: the last one returned before. What
    comes in meanwhile moves nothing, so that no item is left out or seen twice. A step costs the
    same however far it is.
    """
    found = look_up(tx, query, now)
    positions = (await tx.scalars(newest(found, limit, below))).all()
    items = await load_items(tx, [item_at(position) for position in positions])
    return [(position, items[item_at(position)]) for position in positions]
