"""The sender's role, which one process at a time has, elected through the store."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.delivery.owner import has_died
from bot.services import BotServices
from domain.errors import StoreError
from storage import leases, outbox
from storage.leases import SENDER

TERM = timedelta(seconds=5)
"""For how long the role is another's after its holder fell silent."""


class Role:
    """Takes the role, keeps it, and gives it up.

    A holder renews its term three times as often as it would end. Another takes the role when the
    term has ended, at once where the holder has certainly died, and, as clocks can be set, when it
    has seen no renewal for a term by its own steady clock.
    """

    def __init__(
        self, services: BotServices, owner: str, steady: Callable[[], float] = time.monotonic
    ):
        self._steady = steady
        self._services = services
        self._owner = owner
        self._renewed: datetime | None = None
        self._held_from = 0.0
        self.is_anothers: bool | None = None
        """Whether another process had the role when it was last asked for; None: not yet asked."""
        self._other: tuple[str, datetime] | None = None
        self._other_since = 0.0

    def still(self) -> bool:
        """Tell whether the term that was last seen to be ours lasts, by a clock nobody can set."""
        lasts = self._steady() - self._held_from < TERM.total_seconds()
        return self._renewed is not None and lasts

    async def have(self) -> bool:
        """Keep the role, or try for it; the newly elected takes over what the former had.

        Raises `StoreError`.
        """
        now = self._services.clock()
        if self._is_fresh(now):
            return True
        former = await self._gone(now)
        if former is None:
            self._renewed, self.is_anothers = None, True
            return False
        begun = self._steady()
        async with self._services.db.write() as tx:
            elected = await leases.acquire(
                tx, SENDER, self._owner, now=now, ttl=TERM, instead_of=former
            )
            if elected and self._renewed is None:
                await outbox.release_orphans(tx, self._owner, now=now)
        self._renewed, self._held_from = (now, begun) if elected else (None, 0.0)
        self.is_anothers = not elected
        return elected

    async def give_up(self) -> None:
        """Let another have the role at once."""
        if self._renewed is None:
            return
        self._renewed = None
        # Where the store is held by others, the role's term ends by itself.
        with suppress(StoreError):
            async with self._services.db.write() as tx:
                await leases.release(tx, SENDER, self._owner)

    def _is_fresh(self, now: datetime) -> bool:
        if self._renewed is None:
            return False
        by_steady_clock = self._steady() - self._held_from < TERM.total_seconds() / 3
        return by_steady_clock and timedelta() <= now - self._renewed < TERM / 3

    async def _gone(self, now: datetime) -> str | None:
        """Return whom to take the role from, "" for nobody, or None while another has it."""
        async with self._services.db.read() as tx:
            lease = await leases.find(tx, SENDER)
        if lease is None or lease[0] == self._owner or lease[1] <= now:
            return ""
        if lease != self._other:
            self._other, self._other_since = lease, self._steady()
        silent = self._steady() - self._other_since > TERM.total_seconds()
        return lease[0] if silent or has_died(lease[0]) else None
