"""A feed over ASGI: from the cache, made by feedgen for each request, and a bare application."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from feedgen.feed import FeedGenerator
from starlette.types import ASGIApp, Receive, Scope, Send

from bench import report
from bench.made_up import LAST
from bench.store import fill_sqlite
from domain.links import Links
from domain.model import Item
from domain.query import EVERYTHING
from feeds.web.app import create_app
from feeds.web.documents import Documents
from feeds.web.services import WebServices
from seeds.data import load_taxonomy, load_vocabulary
from storage import changes
from storage.database import Database
from storage.search import Order, find

ENTRIES = 50
ASKED = 300
SIZE = 2_000
NOW = LAST + timedelta(days=1)


def run(scale: float) -> None:
    """Measure a feed of 50 entries."""
    with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
        path = Path(folder) / "store.db"
        fill_sqlite(path, max(int(SIZE * scale), ENTRIES))
        asyncio.run(_measure(f"sqlite:///{path}"))


async def _measure(url: str) -> None:
    db = Database(url)
    documents = Documents(lambda: NOW)
    async with db.read() as tx:
        documents.observe(await changes.since(tx, None))
        page = await find(tx, EVERYTHING, now=NOW, limit=ENTRIES, order=Order.NEWEST)
    services = WebServices(
        db=db,
        vocabulary=load_vocabulary(),
        taxonomy=load_taxonomy(),
        links=Links("https://news.example"),
        clock=lambda: NOW,
        title="Bench",
        documents=documents,
        follow_url=lambda _query: None,
        reasons=lambda _item: (),
        ready=lambda: None,
    )
    app = create_app(services)
    report.heading(f"feeds: {ENTRIES} entries, one request at a time, without a network")
    first = await report.awaited(lambda: _get(app, "/feed.rss"))
    report.line("first request, made anew", f"{first * 1000:.2f} ms")
    cached = [await report.awaited(lambda: _get(app, "/feed.rss")) for _ in range(ASKED)]
    bare = [await report.awaited(lambda: _get(_bare, "/")) for _ in range(ASKED)]
    naive = report.each(_feedgen, [page.items] * 20)
    report.figures("from the cache", cached)
    report.figures("feedgen for each request", naive)
    report.ratio("feedgen / cache", median(naive), median(cached))
    report.ratio("cache / a bare application", median(cached), median(bare))
    await db.dispose()


async def _bare(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"bare"})


async def _get(app: ASGIApp, path: str) -> int:
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"news.example")],
        "server": ("news.example", 80),
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    size = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal size
        assert message.get("status", 200) == 200, message
        size += len(message.get("body", b""))

    await app(scope, receive, send)
    return size


def _feedgen(items: tuple[Item, ...]) -> bytes:
    feed = FeedGenerator()
    feed.title("Bench")
    feed.description("The newest")
    feed.link(href="https://news.example/")
    for item in items:
        entry = feed.add_entry(order="append")
        entry.id(item.id)
        entry.title(item.title)
        entry.link(href=f"https://news.example/items/{item.slug}")
        entry.content(item.body)
        entry.published(item.published.at)
    rendered: bytes = feed.rss_str()
    return rendered
