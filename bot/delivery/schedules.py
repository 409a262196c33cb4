"""The tick of all that falls due by the clock: digests, ends of pauses, quiet hours."""

from bot.services import BotServices
from storage import outbox

AT_ONCE = 200
"""Things done in one transaction: tens of milliseconds in which others wait to write."""


class Schedules:
    """Looks at the clock; may run in any number of processes at once."""

    def __init__(self, services: BotServices):
        self._services = services

    async def tick(self) -> int:
        """Do all that is due, and tell the sender; returns how much it was. Raises `StoreError`."""
        done = 0
        now = self._services.clock()
        async with self._services.db.read() as tx:
            if not await outbox.anything_due(tx, now):
                return 0
        while True:
            async with self._services.db.write() as tx:
                step = await outbox.run_schedules(tx, now=now, limit=AT_ONCE)
            if not step:
                return done
            done += step
            self._services.nudge()
