"""WebSub: feeds name the hub, and a real hub passes on what is new to its subscribers."""

import asyncio
import hashlib
import hmac
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import aiohttp
import feedparser
import pytest
from aiohttp import web
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server

from domain.links import Links
from domain.model import Draft, Kind, Published
from feeds.web.hub import TRIES, HubPinger
from storage.changes import News
from tests.feeds.web.conftest import World, a_world, serving

HUB = "https://hub.example/"
SECRET = "between us"


class Inline:
    """Runs the hub's tasks in threads, in the place of Celery."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def task(self, *, bind: bool = False, **_options: int) -> Callable[[Any], Any]:
        def decorate(function: Any) -> Any:
            def delay(*arguments: Any) -> None:
                given = (None, *arguments) if bind else arguments
                thread = threading.Thread(target=function, args=given)
                self.threads.append(thread)
                thread.start()

            function.delay = delay
            return function

        return decorate


@contextmanager
def a_hub(folder: str) -> Iterator[str]:
    """Run flask-websub's hub on a free port; yields its address."""
    tasks = Inline()
    hub = Hub(SQLite3HubStorage(f"{folder}/hub.db"), tasks)
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving_hub = threading.Thread(target=server.serve_forever)
    serving_hub.start()
    yield f"http://127.0.0.1:{server.server_port}/hub"
    server.shutdown()
    for thread in (serving_hub, *tasks.threads):
        thread.join(timeout=10)


@dataclass
class Subscriber:
    """Somebody whom the hub calls."""

    verified: asyncio.Event = field(default_factory=asyncio.Event)
    received: asyncio.Queue[tuple[bytes, str]] = field(default_factory=asyncio.Queue)

    async def verify(self, request: web.Request) -> web.Response:
        self.verified.set()
        return web.Response(text=request.query["hub.challenge"])

    async def receive(self, request: web.Request) -> web.Response:
        await self.received.put((await request.read(), request.headers["X-Hub-Signature"]))
        return web.Response()


@asynccontextmanager
async def listening(subscriber: Subscriber) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/news", subscriber.verify)
    app.router.add_post("/news", subscriber.receive)
    # The hub passes on a body that it has unpacked, with the headers of the packed one.
    runner = web.AppRunner(app, auto_decompress=False)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/news"
    await runner.cleanup()


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


async def test_a_real_hub_passes_new_items_on(sqlite_url: str, tmp_path: Any) -> None:
    subscriber = Subscriber()
    with a_hub(str(tmp_path)) as hub:
        world = a_world(sqlite_url, hub=hub)
        await world.publish()
        async with serving(world.app) as site, listening(subscriber) as callback:
            pinger = HubPinger(hub, Links(site), world.services.documents)
            feed = f"{site}/topics/drugs/feed.atom"
            asked = {
                "hub.mode": "subscribe",
                "hub.topic": feed,
                "hub.callback": callback,
                "hub.secret": SECRET,
            }
            async with aiohttp.ClientSession() as session:
                assert (await session.post(hub, data=asked)).status == 202
            await asyncio.wait_for(subscriber.verified.wait(), 10)
            pinger.note(await _publish(world, a_draft("Cocaine seized", "drugs")))
            await pinger.tick()
            await pinger.tick()
            body, signature = await asyncio.wait_for(subscriber.received.get(), 10)
            assert feedparser.parse(body).entries[0].title == "Cocaine seized"
            expected = hmac.new(SECRET.encode(), body, hashlib.sha512).hexdigest()
            assert signature == f"sha512={expected}"
        await world.db.dispose()


async def _publish(world: World, draft: Draft) -> News:
    from storage import changes

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
