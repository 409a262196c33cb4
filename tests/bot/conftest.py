from collections.abc import AsyncIterator

import pytest

from tests.bot.world import World, running


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    async with running(sqlite_url) as world:
        yield world
