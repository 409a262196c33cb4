"""Finding items: the page of a query's answer, one item a story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from sqlalchemy import Select, func, select
from sqlmodel import col

from domain.matching import ItemTerms
from domain.model import Item
from domain.query import Query
from domain.query.tree import And, Node, Or, Phrase, Word
from domain.ranking import Ranker
from storage.database import Transaction
from storage.labels import carries
from storage.positions import LAST_ID, item_at, position_of
from storage.search import scan
from storage.search.conditions import Found
from storage.search.lookup import Positions, among, look_up, newest, some
from storage.tables import ItemRow, SearchRow, StoryVersionRow
from storage.versions import Matches, by_story, told

CANDIDATES = 300
"""So many of the newest items that match are ranked; older ones are not in a ranked answer."""
COUNTED = 4000
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
    """At least so many, where not `is_whole`."""
    also: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """The other versions of a story that has any, by the slug of the item that is shown."""
    is_whole: bool = True
    """False where more may match than were ranked or counted."""


async def find(
    tx: Transaction,
    query: Query,
    *,
    now: datetime,
    limit: int = 10,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
    reader: str | None = None,
    bare: bool = False,
) -> Page:
    """Answer a query: `limit` stories after the first `offset`, the same on both databases.

    By relevance, the newest `CANDIDATES` that match are ranked, and make up the total. In date
    order, and where no word is asked for, all can be paged through, and `total` is exact up to
    `COUNTED` items. Ties go to the newer, then to the one stored first. A `bare` page in date order
    has the items alone, with their markup: no other versions, and a total that only tells if the
    next page has any.

    A story stands where its best or newest version that matches does. Of the versions that match,
    the one in the language of the `reader` is shown, or else the one in English.
    """
    found = look_up(tx, query, now)
    if order is Order.RELEVANCE and _asks_for_words(query.tree):
        ranked = await _ranked(tx, query.tree, found)
        stories = by_story(ranked)
        page = await told(tx, stories[offset : offset + limit], reader)
        return Page(page.items, len(stories), page.also, len(ranked) < CANDIDATES)
    stories, is_cut = await _newest_stories(tx, found, limit + 1, offset)
    if is_cut:
        stories = await _whole(tx, query.tree, now, stories)
    page = await told(tx, stories[:limit], reader, alone=bare)
    seen = offset + len(stories)
    if bare:
        return Page(page.items, seen, is_whole=len(stories) <= limit)
    total, counted = await _count_stories(tx, found)
    if counted < COUNTED:
        return Page(page.items, total, page.also)
    # Beyond what is counted, a page still leads to the next one.
    return Page(page.items, max(total, seen) if stories else total, page.also, is_whole=False)


async def edited(
    tx: Transaction, query: Query, *, now: datetime, since: datetime, limit: int
) -> tuple[Item, ...]:
    """Return the stories that match and whose item was edited after a time, the last edit first.

    The item of a story is the one that `find` shows to everybody. Only the last `CANDIDATES` edits
    are looked at.
    """
    edits = await tx.execute(
        select(col(ItemRow.published_at), col(ItemRow.id))
        .where(col(ItemRow.updated_at) > since, col(ItemRow.updated_at) > col(ItemRow.added_at))
        .order_by(col(ItemRow.updated_at).desc())
        .limit(CANDIDATES)
    )
    positions = [position_of(published_at, row_id or 0) for published_at, row_id in edits]
    if not positions:
        return ()
    found = look_up(tx, query, now)
    rows = await tx.execute(_with_stories(among(found, positions)))
    matching = sorted(rows, key=tuple, reverse=True)
    stories = by_story((item_at(position), story) for position, story in matching)
    page = await told(tx, await _whole(tx, query.tree, now, stories), None, alone=True)
    shown = [item for item in page.items if item.updated > max(since, item.added)]
    return tuple(sorted(shown, key=lambda item: item.updated, reverse=True)[:limit])


async def count_items(tx: Transaction, query: Query, *, now: datetime, most: int = COUNTED) -> int:
    """Return how many items match, all versions of a story, or `most` for any more.

    It asks the index alone, which costs a fraction of counting stories.
    """
    matching = some(look_up(tx, query, now), most).subquery()
    return (await tx.execute(select(func.count()).select_from(matching))).scalar_one()


async def count_stories(tx: Transaction, query: Query, *, now: datetime) -> int:
    """Return how many stories `find` would page through in date order."""
    total, _ = await _count_stories(tx, look_up(tx, query, now))
    return total


def _asks_for_words(tree: Node) -> bool:
    match tree:
        case Word() | Phrase():
            return True
        case And(parts) | Or(parts):
            return any(_asks_for_words(part) for part in parts)
        case _:
            return False


async def _ranked(tx: Transaction, tree: Node, found: Found) -> list[tuple[int, str | None]]:
    """Return the row ids and stories of the newest candidates, best first."""
    candidates_at = newest(found, CANDIDATES).subquery()
    # Only what SQLite's index has found is fetched, from the table that it reads its texts from.
    candidates = await tx.execute(
        select(
            col(SearchRow.position),
            col(StoryVersionRow.story),
            col(SearchRow.labels),
            col(SearchRow.title),
            col(SearchRow.body),
            col(SearchRow.caption),
        )
        .select_from(candidates_at)
        .join(SearchRow, col(SearchRow.position) == candidates_at.c.position)
        .outerjoin(StoryVersionRow, col(StoryVersionRow.item_id) == col(SearchRow.item_id))
    )
    score = Ranker(tree).score
    ranked = [
        (score(ItemTerms(*texts), partial(carries, labels)), position, story)
        for position, story, labels, *texts in candidates
    ]
    ranked.sort(key=lambda one: one[:2], reverse=True)  # at an equal score the newer first
    return [(item_at(position), story) for _, position, story in ranked]


async def _newest_stories(
    tx: Transaction, found: Found, limit: int, offset: int
) -> tuple[list[Matches], bool]:
    """Return some of the stories, newest first, each with its versions that match, newest first.

    And whether there are more items, among which further versions may be. Reads from the newest
    item on, so a page costs more the further back it is.
    """
    read = offset + limit + REPEATS
    while True:
        rows = await tx.execute(_with_stories(newest(found, read)))
        matching = sorted(rows, key=tuple, reverse=True)
        stories = by_story((item_at(position), story) for position, story in matching)
        if len(stories) >= offset + limit or len(matching) < read:
            break
        read *= 2
    return stories[offset : offset + limit], len(matching) == read


def _with_stories(positions: Positions) -> Select[int, str | None]:
    """Select positions, and the stories of those items that have other versions."""
    found = positions.subquery()
    item_id = LAST_ID - found.c.position.op("&")(LAST_ID)
    return select(found.c.position, col(StoryVersionRow.story)).outerjoin(
        StoryVersionRow, col(StoryVersionRow.item_id) == item_id
    )


async def _whole(
    tx: Transaction, tree: Node, now: datetime, page: Sequence[Matches]
) -> list[Matches]:
    """Return the stories with all versions that match, those far down the answer included."""
    versions = {one.story: one for one in page if one.story is not None}
    if versions:
        read = {row_id for one in page for row_id in one.row_ids}
        others = (
            scan.wordings(col(SearchRow.position), col(ItemRow.story))
            .where(col(ItemRow.story).in_(sorted(versions)), col(ItemRow.id).not_in(read))
            .subquery()
        )
        matching = scan.matching(tx, tree, now.astimezone(UTC).date())
        rows = await tx.execute(select(others.c.position, others.c.story).where(matching))
        for position, story in sorted(rows, key=tuple, reverse=True):
            versions[story].row_ids.append(item_at(position))
    return list(page)


async def _count_stories(tx: Transaction, found: Found) -> tuple[int, int]:
    """Return how many stories there are, and in how many items, of `COUNTED` at most."""
    rows = _with_stories(some(found, COUNTED)).subquery()
    story = rows.c.story
    stories = func.count() - func.count(story) + func.count(story.distinct())
    total, counted = (await tx.execute(select(stories, func.count()).select_from(rows))).one()
    return total, counted
