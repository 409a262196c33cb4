"""From new items to messages that can be claimed."""

from time import perf_counter

from bot.services import BotServices
from domain.chunks import fan_out_chunk
from storage import outbox

SAVED_AT_ONCE = 250
"""Saved queries read between two looks at what is due: 25 ms of work."""

CHUNKS_AT_ONCE = 8
"""Chunks of a fan-out between two such looks; between any two chunks others write."""


class Preparation:
    """Expands fan-outs, a little in each step."""

    def __init__(self, services: BotServices):
        self._services = services
        self._saved = outbox.SavedQueries(services.vocabulary)
        self._chunk = fan_out_chunk(on_sqlite=services.db.is_sqlite)

    async def step(self) -> bool:
        """Do the next bit of work; True where more can be done at once. Raises `StoreError`.

        Looks first, for a writing transaction that finds nothing to do would hold up others.
        """
        now = self._services.clock()
        async with self._services.db.read() as tx:
            all_read = await self._saved.catch_up(tx, SAVED_AT_ONCE)
            waits = await outbox.any_fanout(tx)
        if not waits:
            return not all_read
        for _ in range(CHUNKS_AT_ONCE):
            size = self._chunk.size
            async with self._services.db.write() as tx:
                began = perf_counter()
                expanded = await outbox.expand(tx, saved=self._saved, now=now, chunk=size)
            if expanded < size:
                break
            self._chunk = self._chunk.after(perf_counter() - began)
        return bool(expanded or not all_read)
