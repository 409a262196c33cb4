"""What became of a claimed message."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import col

from domain.model import Delivery, Lane
from storage.database import Transaction
from storage.tables import DeliveryRow, DigestRow, State


async def settle_sent(
    tx: Transaction, delivery: Delivery, *, message_id: int, now: datetime
) -> None:
    """Note that Telegram took the message; true whatever has become of the claim meanwhile."""
    table = _table(delivery)
    await tx.execute(
        update(table)
        .where(col(table.id) == delivery.id)
        .values(state=State.SENT, due_at=None, reason=None, message_id=message_id, settled_at=now)
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
    table = _table(delivery)
    await tx.execute(
        update(table)
        .where(_is_ours(table, delivery))
        .values(
            state=State.PENDING,
            due_at=due,
            reason=reason,
            plain=plain or delivery.plain,
            attempts=delivery.attempts + int(count_attempt),
        )
    )


async def settle_failed(tx: Transaction, delivery: Delivery, *, reason: str, now: datetime) -> None:
    """Set the message aside with its reason. Does nothing if the claim has passed to another."""
    table = _table(delivery)
    await tx.execute(
        update(table)
        .where(_is_ours(table, delivery))
        .values(state=State.FAILED, due_at=None, reason=reason, settled_at=now)
    )


def _table(delivery: Delivery) -> type[DeliveryRow] | type[DigestRow]:
    return DeliveryRow if delivery.lane is Lane.PUSH else DigestRow


def _is_ours(table: type[DeliveryRow] | type[DigestRow], delivery: Delivery) -> ColumnElement[bool]:
    """Every claim counts `attempts` up, so the number tells whose claim it is."""
    return (
        (col(table.id) == delivery.id)
        & (col(table.state) == State.LEASED)
        & (col(table.attempts) == delivery.attempts + 1)
    )
