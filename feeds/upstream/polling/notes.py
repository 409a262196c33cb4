"""Notes on how sources went, many in one transaction: most readings change nothing else."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from domain.sources import Source
from storage import sources
from storage.database import Database


class Notes:
    """Writes what comes while a transaction runs in the next one, all at once."""

    def __init__(self, db: Database, clock: Callable[[], datetime]):
        self._db = db
        self._clock = clock
        self._waiting: list[tuple[Source, sources.Success | sources.Failure]] = []
        self._writing = asyncio.Lock()

    async def add(self, source: Source, note: sources.Success | sources.Failure) -> None:
        """Return when the note is stored.

        Where the store cannot be used, `StoreError` is raised to one of those whose notes are lost;
        their sources are read again when the claims end.
        """
        batch = self._waiting
        batch.append((source, note))
        async with self._writing:
            if self._waiting is batch:  # else another one has written it
                self._waiting = []
                await self._write(batch)

    async def _write(self, batch: list[tuple[Source, sources.Success | sources.Failure]]) -> None:
        done = [(source, note) for source, note in batch if isinstance(note, sources.Success)]
        lost = [(source, note) for source, note in batch if isinstance(note, sources.Failure)]
        async with self._db.write() as tx:
            await sources.succeeded(tx, done, now=self._clock())
            await sources.failed(tx, lost, now=self._clock())
