"""One item a story: an answer tells nothing twice, and shows the version of the reader."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.model import Item
from domain.stories import best_first
from storage.database import Transaction
from storage.rows import batches, load_items, saved_id
from storage.tables import ItemRow


@dataclass(frozen=True, slots=True)
class Version:
    """An item as one of the versions of its story."""

    row_id: int
    story: str
    lang: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of some stories."""

    items: tuple[Item, ...]
    """One a story, in order."""
    also: dict[str, tuple[Item, ...]]
    """The other versions of a story that has any, by the slug of its item here, oldest first."""


async def by_story(tx: Transaction, ids: Sequence[int]) -> dict[str, list[Version]]:
    """Return the items by story, both in the order of `ids`."""
    found: dict[int, Version] = {}
    for batch in batches(ids):
        rows = await tx.execute(
            select(col(ItemRow.id), col(ItemRow.story), col(ItemRow.lang)).where(
                col(ItemRow.id).in_(batch)
            )
        )
        found |= {saved_id(row_id): Version(saved_id(row_id), *rest) for row_id, *rest in rows}
    stories: dict[str, list[Version]] = {}
    for row_id in ids:
        stories.setdefault(found[row_id].story, []).append(found[row_id])
    return stories


async def others(tx: Transaction, item: Item) -> tuple[Item, ...]:
    """Return the other versions of an item's story, the oldest first."""
    ids = (await versions_of(tx, [item.story])).get(item.story, [])
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
            .where(col(asked.id).in_(batch))
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


async def versions_of(tx: Transaction, stories: Collection[str]) -> dict[str, list[int]]:
    """Return the row ids of all versions of each story."""
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for batch in batches(sorted(stories)):
        rows = await tx.execute(
            select(col(ItemRow.story), col(ItemRow.id))
            .where(col(ItemRow.story).in_(batch))
            .order_by(col(ItemRow.id))
        )
        for story, row_id in rows:
            ids[story].append(saved_id(row_id))
    return ids


async def told(tx: Transaction, stories: Sequence[Sequence[Version]], reader: str | None) -> Told:
    """Return the item to show of each story, and the other versions that the store has.

    Each story comes as the versions that may be shown, best first.
    """
    shown = [best_first(found, lambda version: version.lang, reader)[0] for found in stories]
    every = await versions_of(tx, {version.story for version in shown})
    items = await load_items(tx, [row_id for ids in every.values() for row_id in ids])
    also = {
        items[version.row_id].slug: _oldest_first(
            items[row_id] for row_id in every[version.story] if row_id != version.row_id
        )
        for version in shown
        if len(every[version.story]) > 1
    }
    return Told(tuple(items[version.row_id] for version in shown), also)
