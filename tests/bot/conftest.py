from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Limits
from tests.bot.world import World, running


@pytest.fixture
async def world(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """A bot whose private chats are not held to one message a second, so that tests are quick."""
    monkeypatch.setattr("bot.limiter.CHAT_RATE", 100.0)
    async with running(sqlite_url, limits=Limits(chat_per_second=None)) as world:
        yield world
