"""Correcting an item by hand."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from domain.classify import Classifier
from domain.model import Draft, Item
from storage import editions
from storage.changes import advance
from storage.database import Transaction
from storage.drafts import as_given, cleaned
from storage.ingest import Writer
from storage.rows import saved_id
from storage.tables import ItemRow
from storage.withdrawal import shown


async def correct(
    tx: Transaction,
    slug: str,
    draft: Draft,
    *,
    classifier: Classifier,
    now: datetime,
    erase: bool = False,
) -> bool:
    """Write a draft over an item; False if that changes nothing.

    What the draft does not give stays as its source gave it. The item keeps its slug and its day,
    and its subscribers are told of a great change as `domain.changes` says. With `erase` its
    earlier wordings are forgotten, whether or not the draft changes anything. Raises
    `WithdrawnError` or `NotFoundError` where there is no such item, and `InputError` for a draft
    without a title.
    """
    item = await shown(tx, slug)
    row = (await tx.scalars(select(ItemRow).where(col(ItemRow.slug) == slug))).one()
    writer = Writer(tx, row.source, row.document, classifier, now)
    changed = await writer.update(_over(item, row.given, cleaned(draft)), row, push=True)
    await writer.finish()
    if erase:
        await editions.erase(tx, saved_id(row.id))
    if changed or erase:
        await advance(tx)
    return changed


def _over(item: Item, given: str, draft: Draft) -> Draft:
    before = as_given(item, given)
    return replace(
        before,
        title=draft.title,
        body=draft.body or before.body,
        # A summary of the old text does not fit a new one.
        summary=draft.summary or ("" if draft.body else before.summary),
        link=draft.link or before.link,
        lang=draft.lang or before.lang,
        kind=draft.kind or before.kind,
        topics=draft.topics or before.topics,
        urgent=draft.urgent or before.urgent,
    )
