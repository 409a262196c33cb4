"""The bodies of items as HTML, which only feeds and the items' own pages read."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, select
from sqlmodel import col

from domain.model import Item
from storage.database import Transaction
from storage.rows import batches
from storage.tables import ItemMarkupRow, ItemRow


async def with_markup(tx: Transaction, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items in their order, each with its markup if it has any."""
    found: dict[str, str] = {}
    for batch in batches([item.slug for item in items]):
        rows = await tx.execute(
            select(col(ItemRow.slug), col(ItemMarkupRow.markup))
            .join(ItemMarkupRow, col(ItemMarkupRow.item_id) == col(ItemRow.id))
            .where(col(ItemRow.slug).in_(batch))
        )
        found.update((slug, markup) for slug, markup in rows)
    return tuple(
        replace(item, markup=found[item.slug]) if item.slug in found else item for item in items
    )


async def keep_markup(tx: Transaction, item_id: int, markup: str | None) -> None:
    """Write an item's markup in place of what it had; None leaves it without."""
    await tx.execute(delete(ItemMarkupRow).where(col(ItemMarkupRow.item_id) == item_id))
    if markup:
        tx.add(ItemMarkupRow(item_id=item_id, markup=markup))
