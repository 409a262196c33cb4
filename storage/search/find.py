"""Finding items: the page of a query's answer, one item a story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, func, join, select
from sqlmodel import col

from domain.matching import ItemTerms
from domain.model import Item
from domain.query import Query
from domain.query.tree import And, Node, Or, Phrase, Word
from domain.ranking import score
from storage.database import Transaction, is_sqlite
from storage.labels import carries
from storage.positions import LAST_ID, item_at, position_of
from storage.search import postgresql, sqlite
from storage.search.conditions import Found
from storage.tables import ItemRow
from storage.versions import Version, by_story, told

CANDIDATES = 1000
"""So many of the newest items that match are ranked; older ones are not in a ranked answer."""
COUNTED = 10_000
"""A total in date order is exact up to here, and says so many for any more."""
REPEATS = 50
"""So many versions of stories that are on the page already are read along with a page."""


class Order(StrEnum):
    """What comes first in an answer."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the stories that answer a query, and how many there are in all."""

    items: tuple[Item, ...]
    """One item a story."""
    total: int
    also: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """The other versions of a story that has any, by the slug of the item that is shown."""


async def find(
    tx: Transaction,
    query: Query,
    *,
    now: datetime,
    limit: int = 10,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
    reader: str | None = None,
) -> Page:
    """Answer a query: `limit` stories after the first `offset`, the same on both databases.

    By relevance, the newest `CANDIDATES` that match are ranked, and make up the total. In date
    order, and where no word is asked for, all can be paged through, and `total` is exact up to
    `COUNTED` items. Ties go to the newer, then to the one stored first.

    A story stands where its best or newest version that matches does. Of the versions that match,
    the one in the language of the `reader` is shown, or else the one in English.
    """
    today = now.astimezone(UTC).date()
    found = (sqlite if is_sqlite(tx) else postgresql).find(query.tree, today)
    if order is Order.RELEVANCE and _asks_for_words(query.tree):
        stories = list((await by_story(tx, await _ranked(tx, query.tree, found))).values())
        page = await told(tx, stories[offset : offset + limit], reader)
        return Page(page.items, len(stories), page.also)
    page = await told(tx, await _newest_stories(tx, found, limit, offset), reader)
    return Page(page.items, await _count(tx, found), page.also)


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


def _newest(found: Found, *columns: SQLColumnExpression[Any], limit: int) -> Select[Any]:
    return _matching(found, *columns).order_by(found.position.desc()).limit(limit)


async def _ranked(tx: Transaction, tree: Node, found: Found) -> list[int]:
    """Return the row ids of the newest candidates, best first."""
    columns = (found.position, found.labels, found.title, found.body, found.caption)
    candidates = await tx.execute(_newest(found, *columns, limit=CANDIDATES))
    scores = {
        item_at(position): score(tree, ItemTerms(*texts), partial(carries, labels))
        for position, labels, *texts in candidates
    }
    # The candidates come newest first, and a stable sort keeps that among equals.
    return sorted(scores, key=lambda row_id: -scores[row_id])


async def _newest_stories(
    tx: Transaction, found: Found, limit: int, offset: int
) -> list[list[Version]]:
    """Return some of the stories, newest first, each as its versions that match, newest first.

    Reads from the newest item on, so a page costs more the further back it is.
    """
    read = offset + limit + REPEATS
    while True:
        positions = (await tx.scalars(_newest(found, found.position, limit=read))).all()
        stories = await by_story(tx, [item_at(position) for position in positions])
        if len(stories) >= offset + limit or len(positions) < read:
            break
        read *= 2
    page = list(stories)[offset : offset + limit]
    if len(positions) < read:
        return [stories[story] for story in page]
    return await _whole(tx, found, page)


async def _whole(tx: Transaction, found: Found, page: Sequence[str]) -> list[list[Version]]:
    """Return the versions that match of each story, those far down the answer included."""
    rows = await tx.execute(
        select(col(ItemRow.published_at), col(ItemRow.id)).where(col(ItemRow.story).in_(page))
    )
    positions = [position_of(published_at, row_id or 0) for published_at, row_id in rows]
    matching = await tx.scalars(
        _matching(found, found.position).where(found.position.in_(positions))
    )
    newest = sorted(matching.all(), reverse=True)
    versions = await by_story(tx, [item_at(position) for position in newest])
    return [versions[story] for story in page]


async def _count(tx: Transaction, found: Found) -> int:
    matching = _matching(found, found.position.label("position")).limit(COUNTED).subquery()
    item_id = LAST_ID - matching.c.position.op("&")(LAST_ID)
    stories = select(func.count(col(ItemRow.story).distinct())).select_from(
        join(matching, ItemRow, col(ItemRow.id) == item_id)
    )
    return (await tx.execute(stories)).scalar_one()
