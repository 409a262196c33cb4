"""What became of a claimed message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, bindparam, select, update
from sqlmodel import col

from domain.model import Delivery, Item, Lane
from storage.database import Transaction
from storage.rows import batches
from storage.tables import DeliveryRow, DigestRow, ItemRow, State

_TABLES: dict[Lane, type[DeliveryRow] | type[DigestRow]] = {
    Lane.PUSH: DeliveryRow,
    Lane.DIGEST: DigestRow,
}


def _statement(lane: Lane, state: State, *, if_ours: bool) -> Update:
    """Return the UPDATE that settles a message; made once, as making it costs more than running.

    Every claim counts `attempts` up, so the number tells whose claim it is.
    """
    table = _TABLES[lane]
    settled = update(table).where(col(table.id) == bindparam("which")).values(state=state)
    if if_ours:
        settled = settled.where(
            col(table.state) == State.LEASED, col(table.attempts) == bindparam("claim")
        )
    return settled


_SENT = {
    lane: _statement(lane, State.SENT, if_ours=False).values(due_at=None, reason=None)
    for lane in Lane
}
_LATER = {lane: _statement(lane, State.PENDING, if_ours=True) for lane in Lane}
_FAILED = {lane: _statement(lane, State.FAILED, if_ours=True).values(due_at=None) for lane in Lane}


@dataclass(frozen=True, slots=True)
class Receipt:
    """Telegram took a message."""

    delivery: Delivery
    message_id: int
    at: datetime


async def settle_sent(
    tx: Transaction, delivery: Delivery, *, message_id: int, now: datetime
) -> None:
    """Note that Telegram took the message; true whatever has become of the claim meanwhile."""
    await settle_all_sent(tx, [Receipt(delivery, message_id, now)])


async def settle_all_sent(tx: Transaction, receipts: Sequence[Receipt]) -> None:
    """Note that Telegram took these messages, as `settle_sent` does."""
    connection = await tx.connection()
    for lane, statement in _SENT.items():
        values = [
            {"which": one.delivery.id, "message_id": one.message_id, "settled_at": one.at}
            for one in receipts
            if one.delivery.lane is lane
        ]
        if values:
            await connection.execute(statement, values)


async def settle_part(
    tx: Transaction,
    delivery: Delivery,
    items: Sequence[Item],
    *,
    message_id: int,
    now: datetime,
) -> None:
    """Note that Telegram took one message of a digest, which told these items' stories.

    When the digest is claimed again, it is the rest.
    """
    stories = sorted({item.story for item in items})
    for batch in batches(stories):
        told = select(col(ItemRow.id)).where(col(ItemRow.story).in_(batch))
        await tx.execute(
            update(DeliveryRow)
            .where(col(DeliveryRow.digest_id) == delivery.id, col(DeliveryRow.item_id).in_(told))
            .values(state=State.SENT, message_id=message_id, settled_at=now)
        )


async def settle_later(
    tx: Transaction,
    delivery: Delivery,
    *,
    due: datetime,
    reason: str,
    plain: bool = False,
    count_attempt: bool = True,
) -> None:
    """Put the message back until `due`; later ones of its chat wait for it.

    `plain` asks for plain text from now on. With `count_attempt` off the try does not count, as
    when nothing was sent. Does nothing if the claim has passed to another.
    """
    await (await tx.connection()).execute(
        _LATER[delivery.lane],
        {
            "which": delivery.id,
            "claim": delivery.attempts + 1,
            "due_at": due,
            "reason": reason,
            "plain": plain or delivery.plain,
            "attempts": delivery.attempts + int(count_attempt),
        },
    )


async def settle_failed(tx: Transaction, delivery: Delivery, *, reason: str, now: datetime) -> None:
    """Set the message aside with its reason. Does nothing if the claim has passed to another."""
    await (await tx.connection()).execute(
        _FAILED[delivery.lane],
        {
            "which": delivery.id,
            "claim": delivery.attempts + 1,
            "reason": reason,
            "settled_at": now,
        },
    )
