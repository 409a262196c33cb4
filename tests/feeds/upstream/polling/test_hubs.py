"""A source with a hub: asked for, confirmed, and the source read when the hub tells."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from aiohttp import web
from starlette.applications import Starlette

from feeds.upstream.polling.hubs import RELAXED
from feeds.upstream.polling.poller import Poller
from feeds.web.services import WebServices
from feeds.web.told import Told
from tests.feeds.upstream.polling.world import BASE, World, entry, rss

CALLBACK = "https://news.example/websub/"
TOPIC = "https://office.example/feed"


@dataclass
class Hub:
    """Takes what it is asked."""

    asked: list[dict[str, str]] = field(default_factory=list)
    status: int = 202
    address: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append({key: str(value) for key, value in (await request.post()).items()})
        return web.Response(status=self.status)


@asynccontextmanager
async def a_hub() -> AsyncIterator[Hub]:
    hub = Hub()
    application = web.Application()
    application.router.add_post("/", hub.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hub.address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield hub
    await runner.cleanup()


@pytest.fixture
async def hub(world: World) -> AsyncIterator[Hub]:
    """A hub that the source names, and a poller that can be reached."""
    world.services = replace(world.services, callback=CALLBACK)
    world.poller = Poller(world.services)
    async with a_hub() as hub:
        world.shown.headers = {"Link": f'<{hub.address}>; rel="hub", <{TOPIC}>; rel="self"'}
        yield hub


@dataclass
class Site:
    """What the web application is to Told."""

    db: Any
    clock: Any


def caller(world: World) -> httpx.AsyncClient:
    told = Told(cast("WebServices", Site(world.db, lambda: world.now)))
    transport = httpx.ASGITransport(Starlette(routes=told.routes()))
    return httpx.AsyncClient(transport=transport, base_url="https://news.example")


async def test_a_subscription(world: World, hub: Hub) -> None:
    await world.add()
    assert (await world.poll(entry("One", guid="1"))).next_poll == world.now + BASE
    (asked,) = hub.asked
    assert (asked["hub.mode"], asked["hub.topic"]) == ("subscribe", TOPIC)
    assert asked["hub.callback"].startswith(CALLBACK)
    path = asked["hub.callback"].removeprefix("https://news.example")
    confirmation = {
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.challenge": "abc",
        "hub.lease_seconds": str(10 * 86_400),
    }
    async with caller(world) as client:
        wrong = await client.get(path, params=confirmation | {"hub.topic": "https://x.example/"})
        unasked = await client.get(path, params=confirmation | {"hub.mode": "unsubscribe"})
        nobody = await client.get("/websub/guessed", params=confirmation)
        assert [wrong.status_code, unasked.status_code, nobody.status_code] == [404] * 3
        confirmed = await client.get(path, params=confirmation)
        assert (confirmed.status_code, confirmed.text) == (200, "abc")

        await world.poll()
        due = (await world.source()).next_poll
        assert due == world.now + BASE * RELAXED
        assert len(hub.asked) == 1

        body = b"<rss>forged</rss>"
        signature = hmac.new(asked["hub.secret"].encode(), body, hashlib.sha256).hexdigest()
        for bad in ("", "sha256=00", f"md5={signature}", signature):
            answer = await client.post(path, content=body, headers={"X-Hub-Signature": bad})
            assert answer.status_code == 202
            assert (await world.source()).next_poll == due
        good = {"X-Hub-Signature": f"sha256={signature}"}
        assert (await client.post(path, content=body, headers=good)).status_code == 202
        assert (await world.source()).next_poll == world.now
        assert (await client.post("/websub/guessed", content=body)).status_code == 410
        assert (await client.post(path, content=bytes(5_000_001))).status_code == 413
    assert len(await world.items()) == 1

    await world.poll(hours=24 * 9.5)
    assert [one["hub.callback"] for one in hub.asked] == [asked["hub.callback"]] * 2


async def test_a_hub_that_refuses_is_asked_once_a_day(world: World, hub: Hub) -> None:
    await world.add()
    hub.status = 500
    for _ in range(3):
        outcome = await world.poll(entry("One", guid="1"))
        assert outcome.problem is None
    assert len(hub.asked) == 1
    await world.poll(hours=24)
    assert len(hub.asked) == 2


async def test_a_hub_that_denies_tells_nothing(world: World, hub: Hub) -> None:
    await world.add()
    await world.poll(entry("One", guid="1"))
    path = hub.asked[0]["hub.callback"].removeprefix("https://news.example")
    async with caller(world) as client:
        denied = await client.get(path, params={"hub.mode": "denied", "hub.topic": TOPIC})
    assert denied.status_code == 200
    assert (await world.poll()).next_poll == world.now + BASE


async def test_without_an_address_of_our_own_no_hub_is_asked(world: World, hub: Hub) -> None:
    world.poller = Poller(replace(world.services, callback=None))
    await world.add()
    world.shown.body = rss(entry("One", guid="1"))
    assert (await world.poll()).next_poll == world.now + timedelta(minutes=15)
    assert hub.asked == []
