from collections.abc import AsyncIterator

import pytest

from feeds.upstream.reading.pool import ReadingPool
from storage.database import Database
from tests.feeds.upstream.polling.world import World, building


@pytest.fixture
async def pool() -> AsyncIterator[ReadingPool]:
    """A worker that reads documents."""
    async with ReadingPool(seconds=3).open() as opened:
        yield opened


@pytest.fixture
async def world(sqlite_url: str, pool: ReadingPool) -> AsyncIterator[World]:
    """A source, and a poller over a fresh SQLite store."""
    db = Database(sqlite_url)
    async with building(db, pool) as built:
        yield built
    await db.dispose()
