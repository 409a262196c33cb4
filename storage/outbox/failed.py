"""Messages set aside: which, why, and sending them again."""

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, func, select, update
from sqlmodel import col

from domain.errors import InputError
from domain.model import ChatState, Lane
from storage.database import Transaction, rows_changed
from storage.tables import ChatRow, DeliveryRow, DigestRow, ItemRow, State

_TABLES: dict[Lane, type[DeliveryRow] | type[DigestRow]] = {
    Lane.PUSH: DeliveryRow,
    Lane.DIGEST: DigestRow,
}
_CHAT_DIGITS = 6
_IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A message that could not be sent, without anything that names its chat to others."""

    id: str
    """The lane and a number, as `push-17`."""
    chat: str
    """The same for all messages of a chat; no chat id can be told from it."""
    items: tuple[str, ...]
    """Slugs of what it tells, newest first."""
    at: datetime
    """When it was set aside."""
    reason: str
    attempts: int
    is_reachable: bool
    """Whether its chat takes messages now, so that it can be sent again."""


async def failed(tx: Transaction, limit: int) -> list[SetAside]:
    """Return up to `limit` messages that are set aside, newest first."""
    found: list[tuple[Lane, Any]] = []
    for lane, table in _TABLES.items():
        rows: Result[Any] = await tx.execute(
            select(
                col(table.id),
                col(table.settled_at),
                col(table.reason),
                col(table.attempts),
                col(ChatRow.id).label("chat_id"),
                col(ChatRow.created_at),
                col(ChatRow.state),
            )
            .join(ChatRow, col(ChatRow.id) == col(table.chat_id))
            .where(col(table.state) == State.FAILED)
            .order_by(col(table.settled_at).desc(), col(table.id).desc())
            .limit(limit)
        )
        found += [(lane, row) for row in rows]
    found.sort(key=lambda each: each[1].settled_at, reverse=True)
    del found[limit:]
    slugs = await _slugs(tx, [(lane, row.id) for lane, row in found])
    return [
        SetAside(
            id=f"{lane}-{row.id}",
            chat=_opaque(row.chat_id, row.created_at),
            items=tuple(slugs.get((lane, row.id), ())),
            at=row.settled_at,
            reason=row.reason or "",
            attempts=row.attempts,
            is_reachable=row.state == ChatState.ACTIVE,
        )
        for lane, row in found
    ]


async def reasons(tx: Transaction) -> Counter[tuple[Lane, str]]:
    """Count the messages that are set aside, by lane and reason."""
    counts: Counter[tuple[Lane, str]] = Counter()
    for lane, table in _TABLES.items():
        rows = await tx.execute(
            select(col(table.reason), func.count())
            .where(col(table.state) == State.FAILED)
            .group_by(col(table.reason))
        )
        counts.update({(lane, reason or ""): count for reason, count in rows})
    return counts


async def retry_failed(tx: Transaction, ids: Collection[str] | None, now: datetime) -> int:
    """Put messages that are set aside back into the queue, and return how many.

    All of them, or those that `ids` name; of chats that take messages alone. They are tried anew,
    formatted text first, before what came later for their chats. Raises `InputError` for an id
    that cannot be one.
    """
    if ids is None:
        return sum([await _put_back(tx, table, None, now) for table in _TABLES.values()])
    numbers: dict[Lane, list[int]] = {lane: [] for lane in _TABLES}
    for given in ids:
        lane, _, number = given.partition("-")
        if lane not in set(Lane) or not (number.isascii() and number.isdigit()):
            raise InputError(f"{given[:40]!r} is no id of a message: they look like push-17")
        numbers[Lane(lane)].append(int(number))
    count = 0
    for lane, chosen in numbers.items():
        for start in range(0, len(chosen), _IDS_AT_ONCE):
            some = chosen[start : start + _IDS_AT_ONCE]
            count += await _put_back(tx, _TABLES[lane], some, now)
    return count


async def _put_back(
    tx: Transaction,
    table: type[DeliveryRow] | type[DigestRow],
    ids: list[int] | None,
    now: datetime,
) -> int:
    active = select(col(ChatRow.id)).where(col(ChatRow.state) == ChatState.ACTIVE)
    chosen: list[ColumnElement[bool]] = [
        col(table.state) == State.FAILED,
        col(table.chat_id).in_(active),
    ]
    if ids is not None:
        chosen.append(col(table.id).in_(ids))
    result = await tx.execute(
        update(table)
        .where(*chosen)
        .values(
            state=State.PENDING, due_at=now, attempts=0, plain=False, reason=None, settled_at=None
        )
    )
    return rows_changed(result)


async def _slugs(
    tx: Transaction, messages: list[tuple[Lane, int]]
) -> dict[tuple[Lane, int | None], list[str]]:
    slugs: dict[tuple[Lane, int | None], list[str]] = {}
    for lane, which in ((Lane.PUSH, DeliveryRow.id), (Lane.DIGEST, DeliveryRow.digest_id)):
        ids = [number for its_lane, number in messages if its_lane is lane]
        for start in range(0, len(ids), _IDS_AT_ONCE):
            rows = await tx.execute(
                select(col(which), col(ItemRow.slug))
                .join(ItemRow, col(ItemRow.id) == col(DeliveryRow.item_id))
                .where(col(which).in_(ids[start : start + _IDS_AT_ONCE]))
                .order_by(col(ItemRow.published_at).desc(), col(ItemRow.slug))
            )
            for number, slug in rows:
                slugs.setdefault((lane, number), []).append(slug)
    return slugs


def _opaque(chat_id: int, created_at: datetime) -> str:
    """Return a short name for a chat.

    Too short for one of all possible ids to be told from it, and salted with a time that only the
    store knows.
    """
    known = f"{chat_id} {created_at.timestamp()}".encode()
    return hashlib.blake2s(known).hexdigest()[:_CHAT_DIGITS]
