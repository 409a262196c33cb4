"""Reading items by name, and counting them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.model import Item
from storage.database import Transaction
from storage.rows import batches, load_items
from storage.tables import ItemRow


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How many items there are, in all and by kind, language and source, less those withdrawn."""

    total: int
    kinds: dict[str, int]
    languages: dict[str, int]
    sources: dict[str, int]


async def get(tx: Transaction, slug: str) -> Item | None:
    """Return the item with this slug, unless it is withdrawn."""
    return next(iter(await by_slugs(tx, [slug])), None)


async def by_slugs(tx: Transaction, slugs: Sequence[str]) -> list[Item]:
    """Return the items with these slugs, in the order of `slugs`.

    Unknown ones and those that are withdrawn are left out.
    """
    ids: dict[str, int] = {}
    for batch in batches(slugs):
        rows = await tx.execute(
            select(col(ItemRow.slug), col(ItemRow.id)).where(
                col(ItemRow.slug).in_(batch), col(ItemRow.withdrawn_at).is_(None)
            )
        )
        ids.update((slug, row_id) for slug, row_id in rows if row_id is not None)
    found = await load_items(tx, list(ids.values()))
    return [found[ids[slug]] for slug in slugs if slug in ids]


async def counts(tx: Transaction) -> ItemCounts:
    """Count the items."""
    kinds = await _count_by(tx, col(ItemRow.kind))
    return ItemCounts(
        total=sum(kinds.values()),
        kinds=kinds,
        languages=await _count_by(tx, col(ItemRow.lang)),
        sources=await _count_by(tx, col(ItemRow.source)),
    )


async def total(tx: Transaction) -> int:
    """Return how many items there are."""
    shown = select(func.count()).where(col(ItemRow.withdrawn_at).is_(None))
    return (await tx.execute(shown)).scalar_one()


async def _count_by(tx: Transaction, column: Mapped[str]) -> dict[str, int]:
    rows = await tx.execute(
        select(column, func.count())
        .where(col(ItemRow.withdrawn_at).is_(None))
        .group_by(column)
        .order_by(column)
    )
    return dict(rows.all())
