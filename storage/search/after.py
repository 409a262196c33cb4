"""Going through the stories that a query finds, one item a story, while items come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from domain.stories import best_first
from storage.database import Transaction, is_sqlite
from storage.positions import LAST_ID, item_at, position_of
from storage.rows import load_items
from storage.search import postgresql, sqlite
from storage.search.conditions import Found
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
    matching = _matching(tx, query, now, known)
    told_before = None if place is None else place.below
    below = told_before
    stories: dict[str, list[int]] = {}
    while len(stories) <= limit:
        positions = await _positions(tx, matching, below, limit + REPEATS)
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


@dataclass(frozen=True, slots=True)
class _Matching:
    """What a walk goes through: what matches and was stored when it began."""

    found: Found
    known: int

    def positions(self) -> Select[int]:
        position = self.found.position
        return (
            select(position)
            .select_from(self.found.rows)
            .where(self.found.wanted, position.op("&")(LAST_ID) >= LAST_ID - self.known)
        )


def _matching(tx: Transaction, query: Query, now: datetime, known: int) -> _Matching:
    today = now.astimezone(UTC).date()
    return _Matching((sqlite if is_sqlite(tx) else postgresql).find(query.tree, today), known)


async def _last_item(tx: Transaction) -> int:
    return (await tx.execute(select(func.max(col(ItemRow.id))))).scalar_one() or 0


async def _positions(
    tx: Transaction, matching: _Matching, below: int | None, limit: int
) -> Sequence[int]:
    position = matching.found.position
    wanted = matching.positions()
    if below is not None:
        wanted = wanted.where(position < below)
    return (await tx.scalars(wanted.order_by(position.desc()).limit(limit))).all()


async def _whole(
    tx: Transaction, matching: _Matching, positions: Sequence[int]
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
        elsewhere = matching.positions().where(matching.found.position.in_(others))
        found.update((await tx.scalars(elsewhere)).all())
    grouped: dict[str, list[int]] = {}
    for position in sorted(found, reverse=True):
        grouped.setdefault(story_at[position], []).append(position)
    return grouped
