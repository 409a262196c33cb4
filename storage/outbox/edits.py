"""Editing the messages that told of an item which has changed.

One row an item says how far that has come, as a fan-out's does: the messages themselves need no
mark. A further change begins anew, so that what is newest wins, and a message that is edited twice
to the same text is no harm. Nothing is claimed: there is one dispatcher, and should two overlap,
both write the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import delete, or_, select, true, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.changes import EDITABLE
from domain.model import Item
from storage.database import Transaction, insert, is_sqlite
from storage.rows import saved_id
from storage.tables import ChatRow, DeliveryRow, EditRow, ItemRow, State
from storage.tables.outbox import FIRST_CHAT
from storage.versions import told_to

_Sent: TypeAlias = tuple[int, int, int, bool, str | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that is to say something else, and what."""

    version_id: int
    chat_id: int
    message_id: int
    plain: bool
    item: Item
    also: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """The next messages to edit for an item, in order; the item is done if there are none."""

    item_id: int
    ordered_at: datetime
    attempts: int
    """Tries in vain at the first of them."""
    messages: tuple[Edit, ...]


async def order_edits(tx: Transaction, item_id: int, now: datetime) -> None:
    """Have the messages that told of an item edited, all of them from the first on."""
    begin = {
        "ordered_at": now,
        "due_at": now,
        "version_id": 0,
        "chat_id": FIRST_CHAT,
        "attempts": 0,
    }
    await tx.execute(
        insert(EditRow, on_sqlite=is_sqlite(tx))
        .values(item_id=item_id, **begin)
        .on_conflict_do_update(index_elements=["item_id"], set_=begin)
    )


async def next_edits(tx: Transaction, *, now: datetime, limit: int) -> Edits | None:
    """Return up to `limit` messages to edit for the item that waits longest; None: nothing is due.

    Those are the pushes of the last `EDITABLE` that told of the item, or of another version of its
    story to someone who would be told this one now.
    """
    row = await tx.scalar(
        select(EditRow)
        .where(col(EditRow.due_at) <= now)
        .order_by(col(EditRow.due_at), col(EditRow.item_id))
        .limit(1)
    )
    if row is None:
        return None
    sent = await _sent(tx, row, now, limit)
    told = await told_to(tx, [(version_id, language) for version_id, *_, language in sent])
    edits = [
        Edit(version_id, chat_id, message_id, plain, item, also)
        for (version_id, chat_id, message_id, plain, _), (item, also) in zip(
            sent, told, strict=True
        )
    ]
    return Edits(row.item_id, row.ordered_at, row.attempts, tuple(edits))


async def settle_edits(
    tx: Transaction, edits: Edits, done: int, *, due: datetime, count_attempt: bool = False
) -> None:
    """Note that the first `done` of the messages need no more; the rest come again at `due`.

    Does nothing where a further change has begun anew meanwhile.
    """
    ours = (
        col(EditRow.item_id) == edits.item_id,
        col(EditRow.ordered_at) == edits.ordered_at,
    )
    if not edits.messages:
        await tx.execute(delete(EditRow).where(*ours))
        return
    attempts = edits.attempts if done == 0 else 0
    values: dict[str, object] = {"due_at": due, "attempts": attempts + int(count_attempt)}
    if done:
        last = edits.messages[done - 1]
        values |= {"version_id": last.version_id, "chat_id": last.chat_id}
    await tx.execute(update(EditRow).where(*ours).values(values))


async def _sent(tx: Transaction, row: EditRow, now: datetime, limit: int) -> Sequence[_Sent]:
    """Return the next messages: the version they told of, chat, id, plain, the chat's language."""
    found: list[_Sent] = []
    after = row.chat_id
    lang, versions = await _versions(tx, row)
    for version_id in versions:
        if version_id > row.version_id:
            after = FIRST_CHAT
        reader = col(ChatRow.language) == lang
        rows = await tx.execute(
            select(
                col(DeliveryRow.chat_id),
                col(DeliveryRow.message_id),
                col(DeliveryRow.plain),
                col(ChatRow.language),
            )
            .join(ChatRow, col(ChatRow.id) == col(DeliveryRow.chat_id))
            .where(
                col(DeliveryRow.item_id) == version_id,
                col(DeliveryRow.chat_id) > after,
                col(DeliveryRow.state) == State.SENT,
                col(DeliveryRow.message_id).is_not(None),
                col(DeliveryRow.digest_id).is_(None),
                col(DeliveryRow.settled_at) >= now - EDITABLE,
                true() if version_id == row.item_id else reader,
            )
            .order_by(col(DeliveryRow.chat_id))
            .limit(limit - len(found))
        )
        found += [
            (version_id, chat_id, saved_id(message_id), plain, language)
            for chat_id, message_id, plain, language in rows
        ]
        if len(found) == limit:
            break
    return found


async def _versions(tx: Transaction, row: EditRow) -> tuple[str | None, list[int]]:
    """Return the item's language, and the versions whose messages are still to be looked at.

    A message tells of another version than its own only to readers of that one's language.
    """
    other = aliased(ItemRow)
    versions = await tx.execute(
        select(col(ItemRow.lang), col(other.id))
        .join(ItemRow, col(ItemRow.story) == col(other.story))
        .where(
            col(ItemRow.id) == row.item_id,
            col(other.id) >= row.version_id,
            col(other.withdrawn_at).is_(None),
            or_(col(other.id) == row.item_id, col(other.lang) != col(ItemRow.lang)),
        )
        .order_by(col(other.id))
    )
    found = versions.all()
    return (found[0][0] if found else None), [saved_id(version_id) for _, version_id in found]
