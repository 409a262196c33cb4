"""The store's version, and what came with each: so that caches drop no more than they must."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from domain.model import Item
from storage.database import Transaction
from storage.rows import load_items
from storage.tables import AdditionRow, StoreVersionRow

AT_ONCE = 100
"""If more items than this come in together, caches begin anew."""
KEPT = 1000
"""For so many versions additions are remembered."""


@dataclass(frozen=True, slots=True)
class News:
    """What a cache is to know of the store."""

    version: int
    """Grows with every change to the items."""
    added: tuple[tuple[int, Item], ...] | None
    """The items that came since, each with its version; None where more has changed than that."""


async def version_of(tx: Transaction) -> int:
    """Return the store's version."""
    return (await tx.execute(select(col(StoreVersionRow.version)))).scalar_one()


async def advance(tx: Transaction, added: Collection[int] | None = None) -> None:
    """Let caches know that these items, by row id, are new; None if anything may have changed."""
    await tx.execute(update(StoreVersionRow).values(version=col(StoreVersionRow.version) + 1))
    version = await version_of(tx)
    await tx.execute(delete(AdditionRow).where(col(AdditionRow.version) <= version - KEPT))
    if added and len(added) <= AT_ONCE:
        rows = [{"version": version, "item_id": item_id} for item_id in added]
        await tx.execute(insert(AdditionRow), rows)


async def since(tx: Transaction, version: int | None) -> News:
    """Return what has happened after a version; None asks for the version alone."""
    now = await version_of(tx)
    if version is None or not 0 <= now - version < KEPT:
        return News(now, None)
    rows = (
        await tx.execute(
            select(col(AdditionRow.version), col(AdditionRow.item_id))
            .where(col(AdditionRow.version) > version)
            .order_by(col(AdditionRow.version), col(AdditionRow.item_id))
        )
    ).all()
    if len({row[0] for row in rows}) < now - version:
        return News(now, None)
    items = await load_items(tx, [item_id for _, item_id in rows])
    return News(now, tuple((at, items[item_id]) for at, item_id in rows if item_id in items))
