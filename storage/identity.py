"""Finding the items that entries may be, and noting where items were met."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.identity import Fingerprint, Known, Met, fingerprint
from domain.model import Draft
from storage.database import Transaction, insert, is_sqlite
from storage.rows import batches, saved_id
from storage.tables import ItemRow, SightingRow


def met(draft: Draft, today: date) -> Met:
    """Return what a draft is recognised by; one without a date counts as of today."""
    day = draft.published.day if draft.published else today
    return Met(
        fingerprint(day, draft.title, draft.body, draft.link),
        content=_hash(repr(draft)),
        key=_hash(draft.key) if draft.key else None,
    )


async def is_as_shown(tx: Transaction, drafts: Sequence[Draft], source: str, document: str) -> bool:
    """Tell whether the document has shown every one of the drafts just so when last read."""
    contents = {_hash(repr(draft)) for draft in drafts}
    known: set[str] = set()
    for batch in batches(sorted(contents)):
        known.update(
            await tx.scalars(
                select(col(SightingRow.content)).where(
                    col(SightingRow.content).in_(batch),
                    col(SightingRow.source) == source,
                    col(SightingRow.document) == document,
                )
            )
        )
    return contents <= known


async def candidates(
    tx: Transaction, entries: Sequence[Met], source: str, document: str
) -> list[Known]:
    """Return every item that shares something with one of the entries, as this source sees it."""
    here = (col(SightingRow.source) == source, col(SightingRow.document) == document)
    sighted, content, key = (
        col(SightingRow.item_id),
        col(SightingRow.content),
        col(SightingRow.key),
    )
    item, title, body = col(ItemRow.id), col(ItemRow.title_key), col(ItemRow.body_key)
    keys = {entry.key for entry in entries}
    ids = await _ids(tx, sighted, content, {entry.content for entry in entries}, *here)
    ids |= await _ids(tx, sighted, key, keys, col(SightingRow.source) == source)
    ids |= await _ids(tx, item, title, {entry.fingerprint.title for entry in entries})
    ids |= await _ids(tx, item, body, {entry.fingerprint.body for entry in entries})
    known: list[Known] = []
    for batch in batches(sorted(ids)):
        known += await _known(tx, batch, source, document)
    return known


async def note_sightings(
    tx: Transaction, source: str, document: str, seen: Sequence[tuple[int, Met]]
) -> None:
    """Note what a document shows of items now."""
    if not seen:
        return
    statement = insert(SightingRow, on_sqlite=is_sqlite(tx))
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["item_id", "source", "document"],
            set_={"key": statement.excluded.key, "content": statement.excluded.content},
        ),
        [
            {
                "item_id": item_id,
                "source": source,
                "document": document,
                "key": entry.key,
                "content": entry.content,
            }
            for item_id, entry in seen
        ],
    )


async def _ids(
    tx: Transaction,
    wanted: Mapped[int] | Mapped[int | None],
    column: Mapped[str] | Mapped[str | None],
    values: set[str] | set[str | None],
    *where: ColumnElement[bool],
) -> set[int]:
    ids: set[int] = set()
    for batch in batches(sorted(value for value in values if value is not None)):
        rows = await tx.scalars(select(wanted).where(column.in_(batch), *where))
        ids.update(saved_id(row_id) for row_id in rows)
    return ids


async def _known(tx: Transaction, ids: Sequence[int], source: str, document: str) -> list[Known]:
    contents: defaultdict[int, set[str]] = defaultdict(set)
    keys: defaultdict[int, set[str]] = defaultdict(set)
    sightings = await tx.scalars(
        select(SightingRow).where(
            col(SightingRow.item_id).in_(ids), col(SightingRow.source) == source
        )
    )
    for sighting in sightings:
        if sighting.document == document:
            contents[sighting.item_id].add(sighting.content)
        if sighting.key is not None:
            keys[sighting.item_id].add(sighting.key)
    rows = await tx.execute(
        select(
            col(ItemRow.id),
            col(ItemRow.source),
            col(ItemRow.published_at),
            col(ItemRow.title_key),
            col(ItemRow.body_key),
            col(ItemRow.link),
        ).where(col(ItemRow.id).in_(ids))
    )
    return [
        Known(
            id=saved_id(row_id),
            fingerprint=Fingerprint(published.date(), title, body, link),
            own=own == source,
            contents=frozenset(contents[saved_id(row_id)]),
            keys=frozenset(keys[saved_id(row_id)]),
        )
        for row_id, own, published, title, body, link in rows
    ]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
