"""Whether there is anything to do, asked without holding up writers."""

from sqlalchemy import exists, select

from storage.database import Transaction
from storage.tables import FanoutRow

_ANY_FANOUT = select(exists().select_from(FanoutRow))


async def any_fanout(tx: Transaction) -> bool:
    """Tell whether items wait for their fan-out."""
    return bool((await (await tx.connection()).execute(_ANY_FANOUT)).scalar_one())
