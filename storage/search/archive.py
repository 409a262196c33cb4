"""A query's items in order of arrival, in parts that later arrivals do not change.

Every item counts, each version of a story on its own. Row ids tell the order of arrival.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from storage.database import Transaction
from storage.positions import LAST_ID, item_at
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
    arrivals = await _arrivals(tx, query, now)
    end = bisect_right(arrivals, upto)
    if not end or arrivals[end - 1] != upto:
        return None
    start = (end - 1) // size * size
    chosen = arrivals[start:end][::-1]
    items = await load_items(tx, chosen)
    return Part(
        items=tuple(items[arrival] for arrival in chosen),
        before=arrivals[start - 1] if start else None,
    )


async def end_after(
    tx: Transaction, query: Query, arrival: int, *, now: datetime, size: int
) -> int | None:
    """Return what the part ends with that has the next item after an arrival; None without any.

    Takes time in proportion to how many match.
    """
    arrivals = await _arrivals(tx, query, now)
    following = bisect_right(arrivals, arrival)
    part = arrivals[: following // size * size + size]
    return part[-1] if following < len(arrivals) else None


async def _arrivals(tx: Transaction, query: Query, now: datetime) -> list[int]:
    positions = (await tx.scalars(every(look_up(tx, query, now)))).all()
    return sorted(item_at(position) for position in positions)
