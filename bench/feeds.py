"""Feeds: made for the first time, from what is kept, over HTTP, and the memory that all need."""

import asyncio
import tempfile
from pathlib import Path
from statistics import median

import psutil
from feedgen.feed import FeedGenerator
from starlette.types import ASGIApp

from bench import report, serving
from bench.made_up import words
from bench.search import sorts
from bench.serving import NOW, asked, services_of
from bench.store import fill_sqlite
from domain.links import Links
from domain.model import Item
from domain.query import EVERYTHING, parse
from feeds.publish.channel import Channel
from feeds.publish.fragments import Fragments
from feeds.publish.render import ENTRIES, render
from feeds.web.app import create_app
from feeds.web.documents import Documents
from feeds.web.services import WebServices
from feeds.web.site import Site
from seeds.data import load_vocabulary
from storage import changes
from storage.database import Database
from storage.search import Order, find

SIZE = 100_000
QUERIES = 10_000
ARCHIVED = 1_000
TIMES = 20


def run(scale: float) -> None:
    """Measure feeds of a store with so many items."""
    count = max(int(SIZE * scale), ARCHIVED)
    with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'store.db'}"
        fill_sqlite(Path(folder) / "store.db", count)
        report.heading(f"feeds: {ENTRIES} entries, from {count:,} items")
        serving.run(url)
        asyncio.run(_measure(url, max(int(QUERIES * scale), 100)))


async def _measure(url: str, queries: int) -> None:
    db = Database(url)
    documents = Documents(lambda: NOW)
    services = services_of(db, documents)
    app = create_app(services)
    async with db.read() as tx:
        documents.observe(await changes.since(tx, None))
        page = await find(tx, EVERYTHING, now=NOW, limit=ARCHIVED, order=Order.NEWEST)
    first = []
    for sort, texts in sorts().items():
        times = [await report.awaited(lambda: _feed(app, text)) for text in set(texts)]  # noqa: B023
        report.figures(f"first rendering: {sort}", times)
        first += times
    report.figures("first rendering: ALL", first)
    naive = report.each(_feedgen, [page.items[:ENTRIES]] * TIMES)
    report.ratio("feedgen alone, without the store / ours", median(naive), median(first))
    _archived(page.items, services)
    await _many(app, queries)
    report.line("kept of it, documents", f"{documents.size / 1e6:,.0f} MB")
    await db.dispose()


def _archived(items: tuple[Item, ...], services: WebServices) -> None:
    """Put many entries together that were rendered before."""
    fragments = Fragments()
    channel = Channel(
        title="Bench",
        description="Bench",
        home="https://news.example/",
        self_url="https://news.example/feed.atom",
        language="en",
        query="",
        updated=NOW,
    )
    names = Site(services).names
    for extension in ("rss", "atom", "json"):

        def make() -> None:
            render(extension, channel, items, services.links, names, fragments)  # noqa: B023

        cold = report.timed(make)
        warm = [report.timed(make) for _ in range(TIMES)]
        report.figures(f"{len(items)} kept entries put together as {extension}", warm)
        report.ratio("made anew / kept", cold, median(warm))


async def _many(app: ASGIApp, count: int) -> None:
    """Ask for many different feeds in turn."""
    process = psutil.Process()
    before = process.memory_info().rss
    most = before
    for word in words()[:count]:
        await _feed(app, word)
        most = max(most, process.memory_info().rss)
    report.line(
        f"{count:,} different feeds in turn add", f"{(most - before) / 1e6:,.0f} MB", "at most"
    )


async def _feed(app: ASGIApp, text: str) -> None:
    query = parse(text, _VOCABULARY)
    address = Links("").feed(query.canonical, "rss")
    messages = await asked(app, address, (b"accept-encoding", b"gzip"))
    assert messages[0]["status"] == 200, messages


_VOCABULARY = load_vocabulary()


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
