"""Stories: the versions of one piece of news.

A new item is compared with a few earlier ones that are filed under the same keys within `WINDOW`,
so that taking one in costs as much in a large store as in a small one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache

from sqlalchemy import CompoundSelect, bindparam, delete, select, union_all, update
from sqlmodel import col

from domain.classify import Classifier
from domain.model import Item
from domain.stories import WINDOW, Telling, Traits, likeness, story_keys
from storage.changes import advance
from storage.database import Transaction, insert, is_sqlite
from storage.rows import load_items, saved_id
from storage.tables import ItemRow, StoryKeyRow, StoryVersionRow
from storage.versions import note_versions

COMMON = 40
"""A key that so many items of the window have tells nothing, and is passed over."""
COMPARED = 6
"""With so many items at most a new one is compared."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """How far linking anew has come."""

    last: int
    """The row id of the last item done; 0 when none was left."""
    changed: int
    """How many items are in another story than before."""


async def story_of(
    tx: Transaction,
    traits: Traits,
    body_key: str | None,
    classifier: Classifier,
    before: int,
    written: Mapping[int, Item],
) -> str | None:
    """Return the story that an item tells, if an item with a lesser id than `before` tells it.

    `written` has items of this transaction by row id, whose labels are not in the store yet.
    """
    ids = await _candidates(tx, traits, body_key, before)
    items = await load_items(tx, [row_id for row_id in ids if row_id not in written])
    items |= {row_id: written[row_id] for row_id in ids if row_id in written}
    alike = {
        row_id: likeness(traits, classifier.traits(Telling.of(item)))
        for row_id, item in items.items()
    }
    best = max(alike, key=lambda row_id: (alike[row_id], -row_id), default=None)
    return items[best].story if best is not None and alike[best] else None


async def file(tx: Transaction, row_id: int, traits: Traits) -> None:
    """Keep what later items find an item by."""
    keys = [
        {"key": key, "day": traits.telling.day, "item_id": row_id} for key in story_keys(traits)
    ]
    if keys:
        await tx.execute(
            insert(StoryKeyRow, on_sqlite=is_sqlite(tx)).on_conflict_do_nothing(), keys
        )


async def relink(tx: Transaction, classifier: Classifier, *, after: int, limit: int) -> Relinked:
    """Decide anew which story each of up to `limit` items tells, from the one after `after` on.

    Begin with 0 and go on from `last`, each time in a transaction of its own. Until the end, what
    is taken in meanwhile is compared only with what has been done.
    """
    if not after:
        await tx.execute(delete(StoryKeyRow))
    rows = (
        await tx.scalars(
            select(ItemRow)
            .where(col(ItemRow.id) > after)
            .order_by(col(ItemRow.id))
            .limit(limit)
            .execution_options(populate_existing=True)
        )
    ).all()
    items = await load_items(tx, [saved_id(row.id) for row in rows])
    changed = 0
    for row in rows:
        row_id = saved_id(row.id)
        traits = classifier.traits(Telling.of(items[row_id]))
        story = await story_of(tx, traits, row.body_key, classifier, row_id, {}) or row.slug
        await file(tx, row_id, traits)
        if story != row.story:
            changed += 1
            await tx.execute(update(ItemRow).where(col(ItemRow.id) == row_id).values(story=story))
            await tx.execute(delete(StoryVersionRow).where(col(StoryVersionRow.item_id) == row_id))
            await note_versions(tx, story)
    if changed:
        await advance(tx)
    return Relinked(saved_id(rows[-1].id) if rows else 0, changed)


async def _candidates(
    tx: Transaction, traits: Traits, body_key: str | None, before: int
) -> Sequence[int]:
    """Return the earlier items that share the rarest keys, those with the same body first."""
    first, last = _window(traits.telling.day)
    ids: list[int] = []
    if body_key is not None:
        copies = await tx.scalars(
            select(col(ItemRow.id))
            .where(
                col(ItemRow.body_key) == body_key,
                col(ItemRow.id) < before,
                col(ItemRow.published_at) >= datetime.combine(first, time.min, UTC),
                col(ItemRow.published_at) <= datetime.combine(last, time.max, UTC),
            )
            .order_by(col(ItemRow.id))
            .limit(COMPARED)
        )
        ids += [saved_id(row_id) for row_id in copies]
    keys = story_keys(traits)
    if not keys:
        return ids
    by_key: defaultdict[int, list[int]] = defaultdict(list)
    given = {f"key{place}": key for place, key in enumerate(keys)}
    connection = await tx.connection()
    filed = await connection.execute(_filed(len(keys)), given | {"first": first, "last": last})
    for key, row_id in filed:
        by_key[key].append(row_id)
    rarity: Counter[int] = Counter()
    for found in by_key.values():
        if len(found) < COMMON:
            rarity.update({row_id: 1 / len(found) for row_id in found if row_id < before})
    nearest = sorted(rarity, key=lambda row_id: (-rarity[row_id], row_id))
    return list(dict.fromkeys([*ids, *nearest]))[:COMPARED]


@cache
def _filed(count: int) -> CompoundSelect[int, int]:
    """Return the query for what is filed under so many keys; made once, as making it costs most."""
    return union_all(
        *(
            select(
                select(col(StoryKeyRow.key), col(StoryKeyRow.item_id))
                .where(
                    col(StoryKeyRow.key) == bindparam(f"key{place}"),
                    col(StoryKeyRow.day) >= bindparam("first"),
                    col(StoryKeyRow.day) <= bindparam("last"),
                )
                .limit(COMMON)
                .subquery()
            )
            for place in range(count)
        )
    )


def _window(day: date) -> tuple[date, date]:
    """Return the first and the last day of the items that may tell the same story."""
    number, width = day.toordinal(), WINDOW.days
    first, last = max(number - width, date.min.toordinal()), number + width
    return date.fromordinal(first), date.fromordinal(min(last, date.max.toordinal()))
