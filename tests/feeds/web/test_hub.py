"""WebSub: feeds name the hub, and it is told what has changed. `make readers` has a real hub."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

import feedparser
import pytest
from aiohttp import web

from domain.model import Draft, Kind, Published
from feeds.web.hub import TRIES, HubPinger
from storage import changes
from storage.changes import News
from tests.feeds.web.conftest import World, a_world

HUB = "https://hub.example/"


def a_draft(title: str, topic: str) -> Draft:
    return Draft(
        title=title,
        published=Published.on(date(2022, 2, 2)),
        kind=Kind.NEWS,
        lang="en",
        topics=(topic,),
        countries=("KE",),
    )


@pytest.mark.parametrize("extension", ["rss", "atom"])
async def test_feeds_name_the_hub_in_links_and_in_a_header(sqlite_url: str, extension: str) -> None:
    world = a_world(sqlite_url, hub=HUB)
    answer = await world.get(f"/feed.{extension}")
    links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
    own = f"https://news.example.org/feed.{extension}"
    assert (links["hub"], links["self"]) == (HUB, own)
    assert answer.headers["link"] == f'<{HUB}>; rel="hub", <{own}>; rel="self"'
    await world.db.dispose()


async def test_without_a_hub_none_is_named(world: World) -> None:
    answer = await world.get("/feed.json")
    assert "link" not in answer.headers
    assert "hubs" not in answer.json()


async def _publish(world: World, draft: Draft) -> News:
    before = world.services.documents.version
    await world.publish(draft)
    async with world.db.read() as tx:
        return await changes.since(tx, before)


@dataclass
class Endpoint:
    """A hub's door: what came, and how many answers are failures first."""

    failures: int = 0
    told: list[str] = field(default_factory=list)

    async def publish(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert form["hub.mode"] == "publish"
        self.told.append(str(form["hub.url"]))
        self.failures -= 1
        return web.Response(status=503 if self.failures >= 0 else 202)


@asynccontextmanager
async def answering(endpoint: Endpoint) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/", endpoint.publish)
    runner = web.AppRunner(app)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    await runner.cleanup()


async def test_only_feeds_that_changed_are_told(world: World) -> None:
    for query in ("kenya", "heroin"):
        await world.get("/search/feed.rss", params={"q": query})
    endpoint = Endpoint()
    async with answering(endpoint) as hub:
        pinger = HubPinger(hub, world.services.links, world.services.documents)
        pinger.note(await _publish(world, a_draft("Kenya arrests", "drugs")))
        await pinger.tick()
        assert endpoint.told == [], "other processes have a second to know of it"
        await pinger.tick()
        await pinger.tick()
    links = world.services.links
    queries = ["", "topic:drugs", "country:ke"]
    assert sorted(endpoint.told) == sorted(
        [links.feed(query, extension) for query in queries for extension in ("rss", "atom", "json")]
        + [links.feed("kenya", "rss")]
    )


async def test_what_the_hub_did_not_take_is_tried_again_a_few_times(world: World) -> None:
    endpoint = Endpoint(failures=3)
    async with answering(endpoint) as hub:
        pinger = HubPinger(hub, world.services.links, world.services.documents)
        pinger.note(News(99, None))
        for _ in range(4):
            await pinger.tick()
        assert len(endpoint.told) == 6
        endpoint.failures = 1000
        pinger.note(News(100, None))
        for _ in range(TRIES + 3):
            await pinger.tick()
        assert len(endpoint.told) == 6 + 3 * TRIES
    pinger = HubPinger("http://127.0.0.1:1/", world.services.links, world.services.documents)
    pinger.note(News(101, None))
    await pinger.tick()
    await pinger.tick()
