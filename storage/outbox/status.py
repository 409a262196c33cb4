"""How full the outbox is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from domain.model import Lane
from storage.database import Transaction
from storage.tables import DeliveryRow, DigestRow, FanoutRow


@dataclass(frozen=True, slots=True)
class LaneCounts:
    """A lane's messages that are waiting or claimed, and when the first of them is or was due."""

    waiting: int
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What is on its way: messages by lane, and items whose fan-out is not done."""

    lanes: dict[Lane, LaneCounts]
    fanouts: int

    @property
    def total(self) -> int:
        """Everything that is still to be done."""
        return self.fanouts + sum(lane.waiting for lane in self.lanes.values())


async def pending(tx: Transaction) -> Counts:
    """Count what is on its way."""
    return Counts(
        lanes={
            Lane.PUSH: await _lane(tx, DeliveryRow),
            Lane.DIGEST: await _lane(tx, DigestRow),
        },
        fanouts=(await tx.execute(select(func.count(col(FanoutRow.item_id))))).scalar_one(),
    )


async def _lane(tx: Transaction, table: type[DeliveryRow] | type[DigestRow]) -> LaneCounts:
    due = col(table.due_at)
    row = await tx.execute(select(func.count(), func.min(due)).where(due.is_not(None)))
    waiting, oldest = row.one()
    return LaneCounts(waiting, oldest)
