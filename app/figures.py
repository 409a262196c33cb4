"""Writes what the sender of this process counts into the store, where everybody can read it."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from bot.delivery.dispatcher import Dispatcher
from domain import figures as names
from storage import tally
from storage.database import Database


class SenderFigures:
    """What a sender counted, written now and then; a kill loses what came since the last time."""

    def __init__(
        self, db: Database, sender: Dispatcher, allowed: float, clock: Callable[[], datetime]
    ):
        self._db = db
        self._sender = sender
        self._clock = clock
        self._allowed = allowed
        self._written: dict[tally.Key, float] = {}
        self._passed = 0
        self._speeds: dict[tally.Key, float] = {}
        self._at = time.monotonic()
        self._writing = asyncio.Lock()

    async def write(self) -> None:
        """Write what has changed since the last time; nothing where nothing has.

        Raises `StoreError`; what could not be written is written the next time.
        """
        async with self._writing:
            await self._write_gains()

    async def _write_gains(self) -> None:
        counted, passed = self._counted(), self._sender.passed
        gains = {key: count - self._written.get(key, 0.0) for key, count in counted.items()}
        gains = {key: gain for key, gain in gains.items() if gain}
        seconds = max(time.monotonic() - self._at, 0.001)
        speeds = {
            (names.RATE, ""): sum(gains[key] for key in gains if _is_sent(key)) / seconds,
            (names.USED, ""): (passed - self._passed) / seconds,
            (names.ALLOWED, ""): self._allowed,
            (names.OUTAGE, ""): float(self._sender.in_outage),
        }
        if gains or speeds != self._speeds:
            async with self._db.write() as tx:
                now = self._clock()
                await tally.add(tx, gains, now=now)
                await tally.put(tx, speeds, now=now)
        self._written, self._passed, self._speeds = counted, passed, speeds
        self._at = time.monotonic()

    def _counted(self) -> dict[tally.Key, float]:
        counted: dict[tally.Key, float] = {
            (names.MESSAGES, names.message_label(lane, outcome)): count
            for (lane, outcome), count in self._sender.tally.items()
        }
        delays = self._sender.tally.delays
        for bound, count in delays.counts.items():
            counted[names.DELAYS, names.delay_label(bound)] = count
        counted[names.DELAY_SECONDS, ""] = delays.total
        return counted


def _is_sent(key: tally.Key) -> bool:
    name, label = key
    return name == names.MESSAGES and label.endswith(f"/{names.SENT}")
