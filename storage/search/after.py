"""Going through the stories that a query finds, one item a story, while items come in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from domain.stories import best_first
from storage.database import Transaction
from storage.positions import LAST_ID, item_at, position_of
from storage.rows import load_items
from storage.search.conditions import Found
from storage.search.lookup import among, look_up, newest
from storage.tables import ItemRow

REPEATS = 50
"""So many versions of stories that were returned already are read along."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has come."""

    below: int
    """The position of the last story returned."""
    known: int
    """The last item that was stored, by row id, when they began."""


@dataclass(frozen=True, slots=True)
class Step:
    """Some stories, newest first, and where the next ones begin; None at the end."""

    items: tuple[Item, ...]
    """One item a story: of the versions that match, the English one or else the newest."""
    place: Place | None


async def stories_after(
    tx: Transaction, query: Query, *, now: datetime, place: Place | None = None, limit: int
) -> Step:
    """Return the next `limit` stories that match, beginning with the newest where `place` is None.

    Whoever follows the places gets every story that matched when they began exactly once, whatever
    comes in meanwhile: later items are left out of the whole walk. Only an item whose date is
    edited, or that joins another story, while somebody walks can be missed or met again. A step
    costs the same however far it is.
    """
    known = await _last_item(tx) if place is None else place.known
    matching = _stored_by(look_up(tx, query, now), known)
    told_before = None if place is None else place.below
    below = told_before
    stories: dict[str, list[int]] = {}
    while len(stories) <= limit:
        positions = (await tx.scalars(newest(matching, limit + REPEATS, below))).all()
        for story, versions in (await _whole(tx, matching, positions)).items():
            if told_before is None or versions[0] < told_before:
                stories.setdefault(story, versions)
        if len(positions) < limit + REPEATS:
            break
        below = positions[-1]
    page = sorted(stories.values(), reverse=True)[:limit]
    items = await load_items(tx, [item_at(one) for versions in page for one in versions])
    shown = (
        best_first([items[item_at(one)] for one in versions], lambda item: item.lang, None)[0]
        for versions in page
    )
    return Step(tuple(shown), Place(page[-1][0], known) if len(stories) > limit else None)


def _stored_by(found: Found, known: int) -> Found:
    """Return what matches and was stored when a walk began."""
    is_known = found.position.op("&")(LAST_ID) >= LAST_ID - known
    return replace(found, ways=tuple(and_(way, is_known) for way in found.ways))


async def _last_item(tx: Transaction) -> int:
    return (await tx.execute(select(func.max(col(ItemRow.id))))).scalar_one() or 0


async def _whole(
    tx: Transaction, matching: Found, positions: Sequence[int]
) -> dict[str, list[int]]:
    """Return the stories of these items, each as its versions that match, newest first.

    They are positions, and those of versions far up and down are among them.
    """
    ids = [item_at(position) for position in positions]
    stories = select(col(ItemRow.story)).where(col(ItemRow.id).in_(ids)).distinct()
    versions = (
        await tx.execute(
            select(col(ItemRow.published_at), col(ItemRow.id), col(ItemRow.story)).where(
                col(ItemRow.story).in_(stories)
            )
        )
    ).all()
    story_at = {
        position_of(published_at, row_id or 0): story for published_at, row_id, story in versions
    }
    found = set(positions)
    if others := story_at.keys() - found:
        found.update((await tx.scalars(among(matching, sorted(others)))).all())
    grouped: dict[str, list[int]] = {}
    for position in sorted(found, reverse=True):
        grouped.setdefault(story_at[position], []).append(position)
    return grouped
