"""Finding items: the page of a query's answer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, func, select

from domain.matching import ItemTerms
from domain.model import Item
from domain.query import Query
from domain.query.tree import And, Node, Or, Phrase, Word
from domain.ranking import score
from storage.database import Transaction, is_sqlite
from storage.labels import carries
from storage.positions import item_at
from storage.rows import load_items
from storage.search import postgresql, sqlite
from storage.search.conditions import Found

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
    `COUNTED`. Ties go to the newer, then to the one stored first.
    """
    today = now.astimezone(UTC).date()
    found = (sqlite if is_sqlite(tx) else postgresql).find(query.tree, today)
    if order is Order.RELEVANCE and _asks_for_words(query.tree):
        ranked = await _ranked(tx, query.tree, found)
        total, positions = len(ranked), ranked[offset : offset + limit]
    else:
        rows = await tx.scalars(_newest(found, found.position, limit=limit, offset=offset))
        positions = list(rows)
        matching = _matching(found, found.position).limit(COUNTED).subquery()
        total = (await tx.execute(select(func.count()).select_from(matching))).scalar_one()
    ids = [item_at(position) for position in positions]
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


def _matching(found: Found, *columns: SQLColumnExpression[Any]) -> Select[Any]:
    return select(*columns).select_from(found.rows).where(found.wanted)


def _newest(
    found: Found, *columns: SQLColumnExpression[Any], limit: int, offset: int = 0
) -> Select[Any]:
    newest = found.position.desc()
    return _matching(found, *columns).order_by(newest).limit(limit).offset(offset)


async def _ranked(tx: Transaction, tree: Node, found: Found) -> list[int]:
    columns = (found.position, found.labels, found.title, found.body, found.caption)
    candidates = await tx.execute(_newest(found, *columns, limit=CANDIDATES))
    scores = {
        position: score(tree, ItemTerms(*texts), partial(carries, labels))
        for position, labels, *texts in candidates
    }
    # The candidates come newest first, and a stable sort keeps that among equals.
    return sorted(scores, key=lambda position: -scores[position])
