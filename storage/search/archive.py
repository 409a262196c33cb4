"""A query's items in order of arrival, in parts that later arrivals do not change.

Every item counts, each version of a story on its own. Row ids tell the order of arrival.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from storage.database import Transaction, is_sqlite
from storage.positions import LAST_ID
from storage.rows import load_items
from storage.search import postgresql, sqlite
from storage.search.conditions import Found
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
    found = _look_up(tx, query, now)
    arrival = LAST_ID - found.position.op("&")(LAST_ID)
    latest = select(func.max(arrival)).select_from(found.rows).where(found.wanted)
    last: int | None = await tx.scalar(latest)
    return last


async def part_to(
    tx: Transaction, query: Query, upto: int, *, now: datetime, size: int
) -> Part | None:
    """Return the part that ends with the arrival `upto`; None where no item that matches is that.

    Parts begin at every `size`-th item that matches, so that those before a full one stay as they
    are whatever comes. Takes time in proportion to how many match.
    """
    found = _look_up(tx, query, now)
    matching = select(found.position).select_from(found.rows).where(found.wanted)
    positions = (await tx.scalars(matching)).all()
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


def _look_up(tx: Transaction, query: Query, now: datetime) -> Found:
    look_up = sqlite.find if is_sqlite(tx) else postgresql.find
    return look_up(query.tree, now.astimezone(UTC).date())
