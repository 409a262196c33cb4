from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Limits, Sandbox, serve

Call = Callable[..., Awaitable[dict[str, Any]]]


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Sandbox:
    box = Sandbox(limits=Limits(), clock=clock, local_links=False, webhook_retry_seconds=0.01)
    box.add_chat(42, name="Ada", username="ada")
    return box


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with serve(sandbox) as address:
        yield address


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(url: str, sandbox: Sandbox, http: aiohttp.ClientSession) -> Call:
    """Call a method with JSON and return the envelope, checked against the HTTP status."""

    async def post(method: str, **values: Any) -> dict[str, Any]:
        address = f"{url}/bot{sandbox.token}/{method}"
        async with http.post(address, json=values) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    return post
