"""Finding items: the page of a query's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from domain.query.tree import And, Node, Or, Phrase, Word
from domain.ranking import score
from storage.database import Transaction, is_sqlite
from storage.rows import saved_id
from storage.search import postgresql, sqlite
from storage.search.conditions import condition
from storage.tables import ItemRow, SearchRow
from storage.terms import terms_of
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
    `COUNTED`. Ties go to the newer, then to the lesser slug.

    A story stands where its best or newest version that matches does. Of the versions that match,
    the one in the language of the `reader` is shown, or else the one in English.
    """
    text = sqlite.text_condition if is_sqlite(tx) else postgresql.text_condition
    wanted = condition(query.tree, now.astimezone(UTC).date(), text)
    if order is Order.RELEVANCE and _asks_for_words(query.tree):
        stories = list((await by_story(tx, await _ranked(tx, query.tree, wanted))).values())
        page = await told(tx, stories[offset : offset + limit], reader)
        return Page(page.items, len(stories), page.also)
    page = await told(tx, await _newest_stories(tx, wanted, limit, offset), reader)
    newest = sorted(page.items, key=lambda item: item.slug)
    newest.sort(key=lambda item: item.published.at, reverse=True)
    return Page(tuple(newest), await _count(tx, wanted), page.also)


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


async def _newest_stories(
    tx: Transaction, wanted: ColumnElement[bool], limit: int, offset: int
) -> list[list[Version]]:
    """Return some of the stories, newest first, each as its versions that match, newest first."""
    read = offset + limit + REPEATS
    while True:
        ids = await _newest(tx, wanted, read, 0)
        stories = list(await by_story(tx, ids))
        if len(stories) >= offset + limit or len(ids) < read:
            break
        read *= 2
    page = stories[offset : offset + limit]
    of_page = and_(wanted, col(ItemRow.story).in_(page))
    versions = await by_story(tx, await _newest(tx, of_page, CANDIDATES, 0))
    return [versions[story] for story in page]


async def _count(tx: Transaction, wanted: ColumnElement[bool]) -> int:
    matching = select(col(ItemRow.story)).where(wanted).limit(COUNTED).subquery()
    count = select(func.count(matching.c.story.distinct()))
    return (await tx.execute(count)).scalar_one()


async def _ranked(tx: Transaction, tree: Node, wanted: ColumnElement[bool]) -> list[int]:
    candidates = await _newest(tx, wanted, CANDIDATES, 0)
    rows = await tx.scalars(select(SearchRow).where(col(SearchRow.item_id).in_(candidates)))
    scores = {row.item_id: score(tree, terms_of(row)) for row in rows}
    # The candidates come newest first, and a stable sort keeps that among equals.
    return sorted(candidates, key=lambda row_id: -scores[row_id])
