"""Classifying the items of a store anew, after the topics or the places have changed."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from domain.classify import Classifier
from storage.changes import advance
from storage.database import Transaction
from storage.drafts import as_given
from storage.ingest import Writer
from storage.rows import load_items, saved_id
from storage.tables import ItemRow


async def reclassify(
    tx: Transaction, classifier: Classifier, *, now: datetime, after: int, limit: int
) -> tuple[int | None, int]:
    """Decide anew what the sources of the next `limit` items left open, and push nothing.

    Begin with `after=0` and go on with the row id that is returned, each time in a transaction of
    its own, until that is None. The second number tells how many items have changed.
    """
    query = select(ItemRow).where(col(ItemRow.id) > after).order_by(col(ItemRow.id)).limit(limit)
    rows = (await tx.scalars(query)).all()
    items = await load_items(tx, [saved_id(row.id) for row in rows])
    changed = 0
    for row in rows:
        writer = Writer(tx, row.source, row.document, classifier, now)
        changed += await writer.update(
            as_given(items[saved_id(row.id)], row.given), row, push=False
        )
        await writer.finish()
    if changed:
        await advance(tx)
    return (saved_id(rows[-1].id) if rows else None), changed
