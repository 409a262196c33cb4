"""Roles that one process at a time may have, such as the dispatcher's, elected by the store."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import col

from storage.database import Transaction
from storage.tables import LeaseRow

SENDER = "dispatcher"
"""The role of the one that sends messages."""


async def acquire(
    tx: Transaction,
    name: str,
    owner: str,
    *,
    now: datetime,
    ttl: timedelta,
    instead_of: str = "",
) -> bool:
    """Take the role, or keep it, until `now + ttl`; False while another owner has it.

    It is taken before its term has ended from `instead_of`, whom the caller knows to be gone.
    """
    lease = await tx.get(LeaseRow, name)
    if lease is None:
        tx.add(LeaseRow(name=name, owner=owner, until=now + ttl))
        return True
    if lease.owner not in {owner, instead_of} and lease.until > now:
        return False
    lease.owner = owner
    lease.until = now + ttl
    return True


async def holder(tx: Transaction, name: str, *, now: datetime) -> str | None:
    """Return who has the role."""
    lease = await tx.scalar(
        select(LeaseRow).where(col(LeaseRow.name) == name, col(LeaseRow.until) > now)
    )
    return lease.owner if lease else None


async def find(tx: Transaction, name: str) -> tuple[str, datetime] | None:
    """Return who had the role last, and until when, unless it was given up."""
    lease = await tx.scalar(select(LeaseRow).where(col(LeaseRow.name) == name))
    return (lease.owner, lease.until) if lease else None


async def release(tx: Transaction, name: str, owner: str) -> None:
    """Give the role up at once, if `owner` has it."""
    await tx.execute(
        delete(LeaseRow).where(col(LeaseRow.name) == name, col(LeaseRow.owner) == owner)
    )
