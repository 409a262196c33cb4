"""Whether there is anything to do, asked without holding up writers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlmodel import col

from storage.database import Transaction
from storage.tables import FanoutRow, SubscriptionRow

_TO_PREPARE = select(
    exists().select_from(FanoutRow),
    exists().where(col(SubscriptionRow.next_due_at) <= bindparam("now")),
)


@dataclass(frozen=True, slots=True)
class ToPrepare:
    """What has to be done before messages can be claimed."""

    fanouts: bool
    digests: bool

    def __bool__(self) -> bool:
        return self.fanouts or self.digests


async def to_prepare(tx: Transaction, *, now: datetime) -> ToPrepare:
    """Tell whether items wait for their fan-out, and whether digests are due."""
    row = (await (await tx.connection()).execute(_TO_PREPARE, {"now": now})).one()
    return ToPrepare(*(bool(one) for one in row))
