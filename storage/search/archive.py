"""A query's items in order of arrival, in parts that later arrivals do not change.

Every item counts, each version of a story on its own. Row ids tell the order of arrival.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from storage.database import Transaction
from storage.positions import LAST_ID
from storage.rows import load_items
from storage.search.lookup import every, look_up
from storage.tables import ItemRow


@dataclass(frozen=True, slots=True)
class Part:
    """Some items that came one after the other, the latest first."""

    items: tuple[Item, ...]
    before: int | None
    """The arrival that the part before this one ends with; None where this is the first."""


async def last_arrival(tx: Transaction, query: Query, *, now: datetime) -> int | None:
    """Return the number of the latest arrival among the items that match; None without any.

    Takes time in proportion to how many match; none for the query of everything.
    """
    if query.is_everything:
        return await tx.scalar(select(func.max(col(ItemRow.id))))
    matching = every(look_up(tx, query, now)).subquery()
    arrival = LAST_ID - matching.c.position.op("&")(LAST_ID)
    last: int | None = await tx.scalar(select(func.max(arrival)))
    return last


async def part_to(
    tx: Transaction, query: Query, upto: int, *, now: datetime, size: int
) -> Part | None:
    """Return the part that ends with the arrival `upto`; None where no item that matches is that.

    Parts begin at every `size`-th item that matches, so that those before a full one stay as they
    are whatever comes. Takes time in proportion to how many match.
    """
    positions = (await tx.scalars(every(look_up(tx, query, now)))).all()
    arrivals = sorted(
        arrival for position in positions if (arrival := LAST_ID - (position & LAST_ID)) <= upto
    )
    if not arrivals or arrivals[-1] != upto:
        return None
    start = (len(arrivals) - 1) // size * size
    chosen = arrivals[start:][::-1]
    items = await load_items(tx, chosen)
    return Part(
        items=tuple(items[arrival] for arrival in chosen),
        before=arrivals[start - 1] if start else None,
    )
