"""What the operator sees of the outbox: how full it is, what moves, what is set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sqlalchemy import func, select
from sqlmodel import col

from domain import figures as names
from domain.model import Lane
from storage import leases, tally
from storage.database import Transaction
from storage.outbox.failed import reasons
from storage.outbox.status import LaneCounts, pending
from storage.tables import DeliveryRow, DigestRow, State

FRESH = timedelta(seconds=15)
"""A rate that was noted longer ago is not that of now: its sender is gone."""


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """A lane's messages: those that could go now, those for later, those that a sender has."""

    due: int
    later: int
    """Waiting for another try, or for the hour at which they may go."""
    claimed: int
    """Handed to the sender: on their way, or about to be."""
    age: timedelta
    """For how long the first of those that are due has been so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The state of the outbox, and what senders have counted."""

    at: datetime
    lanes: Mapping[Lane, LaneFigures]
    fanouts: int
    """Items whose fan-out is not done."""
    set_aside: Mapping[tuple[Lane, str], int]
    """By lane and reason."""
    has_sender: bool
    """Whether a process has the sender's role."""
    tally: Mapping[tally.Key, tally.Figure]

    @property
    def left(self) -> int:
        """Messages that could go now, those that a sender has among them."""
        return sum(lane.due + lane.claimed for lane in self.lanes.values())

    def within(self, share: float) -> float | None:
        """Return in how many seconds a share of all pushes came, as a step that it is under.

        None where none came. Infinity is a step too.
        """
        counts = [self.count(names.DELAYS, names.delay_label(step)) for step in names.DELAY_STEPS]
        if not any(counts):
            return None
        so_far = accumulate(counts)
        return next(
            step
            for step, count in zip(names.DELAY_STEPS, so_far, strict=True)
            if count >= share * sum(counts)
        )

    def speed(self, name: str) -> float:
        """Return a figure of the last seconds; 0 where nobody has counted for a while."""
        figure = self.tally.get((name, ""))
        return figure.value if figure and self.at - figure.at < FRESH else 0.0

    def count(self, name: str, label: str = "") -> float:
        """Return one of the senders' figures; 0 where it is not there."""
        figure = self.tally.get((name, label))
        return figure.value if figure else 0.0


async def figures(tx: Transaction, *, now: datetime) -> Figures:
    """Read everything, at one time."""
    counts = await pending(tx)
    return Figures(
        at=now,
        lanes={
            Lane.PUSH: await _lane(tx, DeliveryRow, counts.lanes[Lane.PUSH], now),
            Lane.DIGEST: await _lane(tx, DigestRow, counts.lanes[Lane.DIGEST], now),
        },
        fanouts=counts.fanouts,
        set_aside=await reasons(tx),
        has_sender=await leases.holder(tx, leases.SENDER, now=now) is not None,
        tally=await tally.read(tx),
    )


async def _lane(
    tx: Transaction,
    table: type[DeliveryRow] | type[DigestRow],
    counts: LaneCounts,
    now: datetime,
) -> LaneFigures:
    due = col(table.due_at)
    leased = func.count().filter(col(table.state) == State.LEASED)
    later, claimed = (await tx.execute(select(func.count(), leased).where(due > now))).one()
    oldest = counts.oldest_due
    return LaneFigures(
        due=counts.waiting - later,
        later=later - claimed,
        claimed=claimed,
        age=max(now - oldest, timedelta()) if oldest else timedelta(),
    )
