"""What senders count of their work, kept for those who watch it from other processes.

A name and a label lead to a number. Counts only grow, whoever adds to them and however often the
service starts anew; what is `put` says how something is now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import select
from sqlmodel import col

from storage.database import Transaction, insert, is_sqlite
from storage.tables import TallyRow

Key: TypeAlias = tuple[str, str]
"""Name and label; the label is empty where there is nothing to tell apart."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and when it changed last."""

    value: float
    at: datetime


async def add(tx: Transaction, increases: Mapping[Key, float], *, now: datetime) -> None:
    """Add to counts; one that is not there yet begins at 0."""
    await _write(tx, increases, now, adds=True)


async def put(tx: Transaction, values: Mapping[Key, float], *, now: datetime) -> None:
    """Write how something is now, in place of how it was."""
    await _write(tx, values, now, adds=False)


async def read(tx: Transaction) -> dict[Key, Figure]:
    """Return every figure."""
    rows = await tx.execute(
        select(col(TallyRow.name), col(TallyRow.label), col(TallyRow.value), col(TallyRow.at))
    )
    return {(name, label): Figure(value, at) for name, label, value, at in rows}


async def _write(
    tx: Transaction, values: Mapping[Key, float], now: datetime, *, adds: bool
) -> None:
    if not values:
        return
    rows = [
        {"name": name, "label": label, "value": value, "at": now}
        for (name, label), value in values.items()
    ]
    statement = insert(TallyRow, on_sqlite=is_sqlite(tx))
    new = statement.excluded.value
    value = col(TallyRow.value) + new if adds else new
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["name", "label"], set_={"value": value, "at": now}
        ),
        rows,
    )
