"""What refusals have taught the limiter, kept in the store."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from domain.errors import StoreError
from storage import holds
from storage.database import Database

log = structlog.get_logger(__name__)


class StoredHolds:
    """The limiter's memory over restarts. A store that cannot be used is no reason to stop."""

    def __init__(self, db: Database, clock: Callable[[], datetime]):
        self._db = db
        self._clock = clock

    async def load(self) -> Mapping[int | None, float]:
        """Return for how many seconds more each chat is held, and under None the whole bot."""
        now = self._clock()
        try:
            async with self._db.read() as tx:
                found = await holds.current(tx, now=now)
        except StoreError as error:
            log.warning("holds not read", error=type(error).__name__)
            return {}
        return {
            None if chat == holds.EVERYONE else chat: (until - now).total_seconds()
            for chat, until in found.items()
        }

    async def sent_to_groups(self, seconds: float) -> list[tuple[int, float]]:
        """Return the groups that were sent something, and how many seconds ago, oldest first."""
        now = self._clock()
        try:
            async with self._db.read() as tx:
                found = await holds.sent_to_groups(tx, since=now - timedelta(seconds=seconds))
        except StoreError as error:
            log.warning("what was sent lately is not known", error=type(error).__name__)
            return []
        return [(chat, (now - at).total_seconds()) for at, chat in found]

    async def keep(self, chat: int | None, seconds: float) -> None:
        """Note that a chat is held, or the whole bot."""
        now = self._clock()
        until = now + timedelta(seconds=seconds)
        try:
            async with self._db.write() as tx:
                await holds.note(tx, holds.EVERYONE if chat is None else chat, until, now=now)
        except StoreError as error:
            log.warning("a hold is not kept", error=type(error).__name__)
