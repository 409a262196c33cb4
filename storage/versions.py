"""One item a story: an answer tells nothing twice, and shows the version of the reader."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.model import Item
from domain.stories import best_first
from storage.database import Transaction, insert, is_sqlite
from storage.rows import batches, load_items, saved_id
from storage.tables import ItemRow, StoryVersionRow


@dataclass(frozen=True, slots=True)
class Matches:
    """The versions of a story that match a query."""

    story: str | None
    """None where the store has no other version."""
    row_ids: list[int]


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of some stories."""

    items: tuple[Item, ...]
    """One a story, in order."""
    also: dict[str, tuple[Item, ...]]
    """The other versions of a story that has any, by the slug of its item here, oldest first."""


def by_story(found: Iterable[tuple[int, str | None]]) -> list[Matches]:
    """Group items, given by row id and story (None for its only version), both in their order."""
    stories: dict[str | int, Matches] = {}
    for row_id, story in found:
        key = row_id if story is None else story
        stories.setdefault(key, Matches(story, [])).row_ids.append(row_id)
    return list(stories.values())


async def note_versions(tx: Transaction, story: str) -> None:
    """Note which items tell a story, where several do; call it when an item has joined one."""
    ids = (await versions_of(tx, [story]))[story]
    if len(ids) > 1:
        noted = insert(StoryVersionRow, on_sqlite=is_sqlite(tx)).on_conflict_do_update(
            index_elements=["item_id"], set_={"story": story}
        )
        rows = [{"item_id": row_id, "story": story} for row_id in ids]
        await tx.execute(noted, rows)


async def others(tx: Transaction, item: Item) -> tuple[Item, ...]:
    """Return the other versions of an item's story, the oldest first."""
    ids = (await versions_of(tx, [item.story]))[item.story]
    items = await load_items(tx, ids)
    return _oldest_first(one for one in items.values() if one.slug != item.slug)


async def told_to(
    tx: Transaction, wanted: Sequence[tuple[int, str | None]]
) -> list[tuple[Item, tuple[Item, ...]]]:
    """Return what to tell of items, each for a reader: the version to show, and the others.

    That is the item itself, or the version in the reader's language if there is one.
    """
    asked, version = aliased(ItemRow), aliased(ItemRow)
    versions: defaultdict[int, list[int]] = defaultdict(list)
    for batch in batches(sorted({row_id for row_id, _ in wanted})):
        rows = await tx.execute(
            select(col(asked.id), col(version.id))
            .join(version, col(version.story) == col(asked.story))
            .where(col(asked.id).in_(batch), col(version.withdrawn_at).is_(None))
            .order_by(col(version.id))
        )
        for row_id, version_id in rows:
            versions[saved_id(row_id)].append(saved_id(version_id))
    items = await load_items(tx, sorted({one for ids in versions.values() for one in ids}))
    answer = []
    for row_id, reader in wanted:
        ids = versions[row_id]
        spoken = [one for one in ids if items[one].lang == reader]
        shown = row_id if row_id in spoken or not spoken else spoken[0]
        answer.append((items[shown], _oldest_first(items[one] for one in ids if one != shown)))
    return answer


def _oldest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.published.at, item.slug)))


async def versions_of(tx: Transaction, stories: Collection[str]) -> defaultdict[str, list[int]]:
    """Return the row ids of all versions of each story, but for those that are withdrawn."""
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for batch in batches(sorted(stories)):
        rows = await tx.execute(
            select(col(ItemRow.story), col(ItemRow.id))
            .where(col(ItemRow.story).in_(batch), col(ItemRow.withdrawn_at).is_(None))
            .order_by(col(ItemRow.id))
        )
        for story, row_id in rows:
            ids[story].append(saved_id(row_id))
    return ids


async def told(
    tx: Transaction, stories: Sequence[Matches], reader: str | None, *, alone: bool = False
) -> Told:
    """Return the item to show of each story, and unless `alone` the other versions in the store.

    Each story comes with the versions that may be shown, best first. Items `alone` come with their
    markup.
    """
    told_often = [] if alone else [one.story for one in stories if one.story is not None]
    every = await versions_of(tx, told_often)
    ids = {row_id for listed in every.values() for row_id in listed}
    ids.update(*(one.row_ids for one in stories))
    items = await load_items(tx, sorted(ids), markup=alone)
    shown: list[Item] = []
    also: dict[str, tuple[Item, ...]] = {}
    for one in stories:
        matching = [items[row_id] for row_id in one.row_ids]
        best = best_first(matching, lambda item: item.lang, reader)[0]
        shown.append(best)
        rest = (items[row_id] for row_id in every[one.story or ""])
        if found := _oldest_first(item for item in rest if item.slug != best.slug):
            also[best.slug] = found
    return Told(tuple(shown), also)
