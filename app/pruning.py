"""Forgetting, a little at a time, who got what long ago."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from domain.errors import StoreError
from storage import outbox
from storage.database import Database
from storage.outbox import Place

ROUND = timedelta(hours=1)
"""From the end of one round to the beginning of the next."""
ROWS, STEPS = 500, 20
"""Rows looked at in one transaction, and transactions in one tick."""
PAUSE = 0.02
"""Seconds between two transactions, for others to write."""


class Pruner:
    """Goes through what was sent, round after round, and deletes what is older than `kept`."""

    def __init__(self, db: Database, kept: timedelta, clock: Callable[[], datetime]):
        self._db = db
        self._kept = kept
        self._clock = clock
        self._place = Place()
        self._next_round: datetime | None = None

    async def tick(self) -> None:
        """Do the next bit, if a round is on or due; where the store cannot be used, later."""
        now = self._clock()
        if self._next_round is not None and now < self._next_round:
            return
        self._next_round = None
        with suppress(StoreError):
            for _ in range(STEPS):
                async with self._db.write() as tx:
                    pruned = await outbox.prune(
                        tx, self._place, now=now, kept=self._kept, limit=ROWS
                    )
                self._place = pruned.place or Place()
                if pruned.place is None:
                    self._next_round = now + ROUND
                    return
                await asyncio.sleep(PAUSE)
