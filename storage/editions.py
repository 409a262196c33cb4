"""Wordings of items by number, in order of arrival.

An item that changes gets a new number, and what it was keeps the old one, so that what was made
from some numbers can be made again. A number is never given twice.
"""

import zlib
from collections.abc import Collection, Sequence

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlmodel import col

from domain.matching import ItemTerms, item_terms
from domain.model import Item
from storage.database import Transaction, insert, is_sqlite
from storage.labels import labels_of
from storage.markup import with_markup
from storage.rows import batches, load_items, saved_id
from storage.tables import EditionRow, FormerEditionRow, ItemRow, SearchRow

_ITEM = TypeAdapter(Item)


def packed(item: Item) -> bytes:
    """Return an item as it is kept once it has changed."""
    return zlib.compress(_ITEM.dump_json(item))


def unpacked(snapshot: bytes) -> Item:
    """Return what was packed; fields that the model has got since have their defaults."""
    return _ITEM.validate_json(zlib.decompress(snapshot))


async def last(tx: Transaction) -> int:
    """Return the last number that was given; 0 where none was."""
    return await tx.scalar(select(func.max(col(EditionRow.id)))) or 0


async def number(tx: Transaction, ids: Sequence[int], changed: Collection[int] = ()) -> None:
    """Give the wordings of these items, by row id, new numbers in that order.

    `changed` are those of them that had one, whose former wordings are kept already.
    """
    for batch in batches(sorted(changed)):
        await tx.execute(delete(EditionRow).where(col(EditionRow.item_id).in_(batch)))
    if ids:
        rows = [{"item_id": row_id} for row_id in ids]
        await tx.execute(insert(EditionRow, on_sqlite=is_sqlite(tx)), rows)


async def keep(tx: Transaction, row_id: int, item: Item) -> None:
    """Keep an item's wording, which search is about to find no more, or finds no more."""
    search = (col(SearchRow.title), col(SearchRow.body), col(SearchRow.caption))
    found = (
        await tx.execute(
            select(col(EditionRow.id), col(SearchRow.labels), *search)
            .outerjoin(SearchRow, col(SearchRow.item_id) == col(EditionRow.item_id))
            .where(col(EditionRow.item_id) == row_id)
        )
    ).one_or_none()
    if found is None:  # withdrawn before there were numbers, so that nobody can know this wording
        return
    edition, labels, *texts = found
    terms = ItemTerms(*texts) if labels else item_terms(item)
    (marked,) = await with_markup(tx, [item])
    kept = insert(FormerEditionRow, on_sqlite=is_sqlite(tx)).on_conflict_do_nothing()
    row = {
        "id": edition,
        "item_id": row_id,
        "published_at": item.published.at,
        "terms": terms.text,
        "labels": f" {labels or labels_of(item)} ",
        "snapshot": packed(marked),
    }
    await tx.execute(kept, [row])


async def restore(tx: Transaction, row_id: int) -> None:
    """Let a withdrawn item's wording be what search finds again."""
    current = await tx.scalar(select(col(EditionRow.id)).where(col(EditionRow.item_id) == row_id))
    if current is None:
        await number(tx, [row_id])
    else:
        await tx.execute(delete(FormerEditionRow).where(col(FormerEditionRow.id) == current))


async def erase(tx: Transaction, row_id: int) -> None:
    """Forget the former wordings of an item that is not withdrawn."""
    await tx.execute(delete(FormerEditionRow).where(col(FormerEditionRow.item_id) == row_id))


async def items_of(tx: Transaction, numbers: Sequence[int]) -> dict[int, Item]:
    """Return the wordings with these numbers and their markup, less those of withdrawn items."""
    found: dict[int, Item] = {}
    for batch in batches(numbers):
        current = await tx.execute(
            select(col(EditionRow.id), col(EditionRow.item_id))
            .join(ItemRow, col(ItemRow.id) == col(EditionRow.item_id))
            .where(col(EditionRow.id).in_(batch), col(ItemRow.withdrawn_at).is_(None))
        )
        ids = {saved_id(edition): row_id for edition, row_id in current}
        items = await load_items(tx, list(ids.values()), markup=True)
        found |= {edition: items[row_id] for edition, row_id in ids.items()}
        former = await tx.execute(
            select(col(FormerEditionRow.id), col(FormerEditionRow.snapshot))
            .join(ItemRow, col(ItemRow.id) == col(FormerEditionRow.item_id))
            .where(col(FormerEditionRow.id).in_(batch), col(ItemRow.withdrawn_at).is_(None))
        )
        found |= {edition: unpacked(snapshot) for edition, snapshot in former}
    return found
