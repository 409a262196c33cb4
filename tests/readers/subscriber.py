"""A subscriber of a real WebSub hub: what is published reaches it, signed."""

import asyncio
import hashlib
import hmac
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import feedparser
from aiohttp import web

from domain.links import Links
from domain.model import Draft
from feeds.web.hub import HubPinger
from storage import changes
from storage.migrate import upgrade
from tests.feeds.web.conftest import World, a_world, serving
from tests.readers.programs import PYTHON

SECRET = "between us"
SECONDS = 20


@contextmanager
def a_hub(folder: Path) -> Iterator[str]:
    """Run the hub; yields its address."""
    program = Path(__file__).with_name("hub.py")
    with subprocess.Popen(
        [PYTHON, program, folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


@dataclass
class Subscriber:
    """Somebody whom the hub calls."""

    verified: asyncio.Event = field(default_factory=asyncio.Event)
    received: asyncio.Queue[tuple[bytes, str]] = field(default_factory=asyncio.Queue)

    async def verify(self, request: web.Request) -> web.Response:
        """Confirm that the subscription is wanted."""
        self.verified.set()
        return web.Response(text=request.query["hub.challenge"])

    async def receive(self, request: web.Request) -> web.Response:
        """Take what is new."""
        await self.received.put((await request.read(), request.headers["X-Hub-Signature"]))
        return web.Response()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Listen on a free port; yields the address to call back."""
        app = web.Application()
        app.router.add_get("/news", self.verify)
        app.router.add_post("/news", self.receive)
        # The hub passes on a body that it has unpacked, with the headers of the packed one.
        runner = web.AppRunner(app, auto_decompress=False)
        await runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(runner, listener).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/news"
        await runner.cleanup()


async def through_a_hub(folder: Path, draft: Draft) -> str:
    """Publish a draft; returns what went wrong on its way to the subscriber, or nothing."""
    subscriber = Subscriber()
    with a_hub(folder) as hub:
        world = a_world(f"sqlite:///{folder / 'store.db'}", hub=hub)
        await upgrade(world.db)
        await world.publish()
        try:
            async with serving(world.app) as site, subscriber.listening() as callback:
                return await _publish(world, hub, site, callback, subscriber, draft)
        except TimeoutError:
            return "the hub did not call in time"
        finally:
            await world.reader.aclose()
            await world.db.dispose()


async def _publish(
    world: World, hub: str, site: str, callback: str, subscriber: Subscriber, draft: Draft
) -> str:
    asked = {
        "hub.mode": "subscribe",
        "hub.topic": f"{site}/feed.atom",
        "hub.callback": callback,
        "hub.secret": SECRET,
    }
    async with asyncio.timeout(SECONDS):
        async with aiohttp.ClientSession() as session:
            await session.post(hub, data=asked)
        await subscriber.verified.wait()
        pinger = HubPinger(hub, Links(site), world.services.documents)
        before = world.services.documents.version
        await world.publish(draft)
        async with world.db.read() as tx:
            pinger.note(await changes.since(tx, before))
        await pinger.tick()
        await pinger.tick()
        body, signature = await subscriber.received.get()
    titles = [entry.title for entry in feedparser.parse(body).entries]
    expected = hmac.new(SECRET.encode(), body, hashlib.sha512).hexdigest()
    if signature != f"sha512={expected}":
        return "the signature is wrong"
    return "" if titles == [draft.title] else f"{titles} came"
