"""Finding items: the page of a query's answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from domain.query.tree import And, CountryIs, Node, Or, Phrase, TopicIs, Word
from domain.ranking import Label, score
from storage.database import Transaction, is_sqlite
from storage.rows import labels, load_items, saved_id
from storage.search import postgresql, sqlite
from storage.search.conditions import condition
from storage.tables import ItemRow, SearchRow
from storage.terms import terms_of

CANDIDATES = 1000
"""So many of the newest items that match are ranked; older ones are not in a ranked answer."""
COUNTED = 10_000
"""A total in date order is exact up to here, and says so many for any more."""


class Order(StrEnum):
    """What comes first in an answer."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the items that answer a query, and how many there are in all."""

    items: tuple[Item, ...]
    total: int


async def find(
    tx: Transaction,
    query: Query,
    *,
    now: datetime,
    limit: int = 10,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
) -> Page:
    """Answer a query: `limit` items after the first `offset`, the same on both databases.

    By relevance, the newest `CANDIDATES` that match are ranked, and make up the total. In date
    order, and where no word is asked for, all can be paged through, and `total` is exact up to
    `COUNTED`. Ties go to the newer, then to the lesser slug.
    """
    text = sqlite.text_condition if is_sqlite(tx) else postgresql.text_condition
    wanted = condition(query.tree, now.astimezone(UTC).date(), text)
    if order is Order.RELEVANCE and _asks_for_words(query.tree):
        ids = await _ranked(tx, query.tree, wanted)
        total, ids = len(ids), ids[offset : offset + limit]
    else:
        ids = await _newest(tx, wanted, limit, offset)
        matching = select(col(ItemRow.id)).where(wanted).limit(COUNTED).subquery()
        total = (await tx.execute(select(func.count()).select_from(matching))).scalar_one()
    items = await load_items(tx, ids)
    return Page(tuple(items[row_id] for row_id in ids), total)


def _asks_for_words(tree: Node) -> bool:
    match tree:
        case Word() | Phrase():
            return True
        case And(parts) | Or(parts):
            return any(_asks_for_words(part) for part in parts)
        case _:
            return False


async def _newest(
    tx: Transaction, wanted: ColumnElement[bool], limit: int, offset: int
) -> list[int]:
    rows = await tx.scalars(
        select(col(ItemRow.id))
        .where(wanted)
        .order_by(col(ItemRow.published_at).desc(), col(ItemRow.slug))
        .limit(limit)
        .offset(offset)
    )
    return [saved_id(row_id) for row_id in rows]


async def _ranked(tx: Transaction, tree: Node, wanted: ColumnElement[bool]) -> list[int]:
    candidates = await _newest(tx, wanted, CANDIDATES, 0)
    rows = await tx.scalars(select(SearchRow).where(col(SearchRow.item_id).in_(candidates)))
    topics, countries = await labels(tx, candidates)

    def carried_by(row_id: int) -> Callable[[Label], bool]:
        def carries(label: Label) -> bool:
            match label:
                case TopicIs(slug):
                    return slug in topics[row_id]
                case CountryIs(codes):
                    return not codes.isdisjoint(countries[row_id])

        return carries

    scores = {row.item_id: score(tree, terms_of(row), carried_by(row.item_id)) for row in rows}
    # The candidates come newest first, and a stable sort keeps that among equals.
    return sorted(candidates, key=lambda row_id: -scores[row_id])
