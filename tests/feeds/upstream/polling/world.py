"""A store, a poller and a source on loopback that shows what the test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlmodel import col

from domain.model import Item
from domain.query import EVERYTHING
from domain.sources import Source, SourceKind
from feeds.upstream.fetching.fetcher import fetching
from feeds.upstream.polling.poller import Outcome, Poller
from feeds.upstream.polling.services import PollServices
from feeds.upstream.reading.pool import ReadingPool
from storage import sources
from storage.database import Database
from storage.search import Order, find
from storage.tables import FanoutRow
from tests.factories import CLASSIFIER, NOW

BASE = timedelta(minutes=15)


@dataclass
class Shown:
    """What the source answers next."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.headers))
        return web.Response(body=self.body, status=self.status, headers=self.headers)


class World:
    """Time stands still unless it is moved on."""

    def __init__(self, db: Database, pool: ReadingPool, fetcher: Any, shown: Shown, address: str):
        self.now = NOW
        self.shown = shown
        self.address = address
        self.notices: list[str] = []
        self.nudges = 0
        self.db = db
        self.services = PollServices(
            db=db,
            fetcher=fetcher,
            pool=pool,
            classifier=lambda: CLASSIFIER,
            clock=lambda: self.now,
            jitter=lambda: 0.0,
            base=BASE,
            tell_operator=self._told,
            nudge=self._nudged,
        )
        self.poller = Poller(self.services)

    async def add(
        self, name: str = "office", *, kind: SourceKind = SourceKind.RSS, **parts: Any
    ) -> None:
        async with self.db.write() as tx:
            await sources.add(
                tx,
                name=name,
                title=name,
                kind=kind,
                now=self.now,
                **{"address": self.address} | parts,
            )

    async def poll(self, *entries: str, hours: float = 1.0, name: str = "office") -> Outcome:
        """Let time pass, show these entries, if any are given, and read."""
        self.now += timedelta(hours=hours)
        if entries:
            self.shown.body = rss(*entries)
        (outcome,) = await self.poller.poll([name])
        return outcome

    async def source(self, name: str = "office") -> Source:
        async with self.db.read() as tx:
            return await sources.get(tx, name)

    async def items(self) -> list[Item]:
        async with self.db.read() as tx:
            page = await find(tx, EVERYTHING, now=self.now, limit=200, order=Order.NEWEST)
        return list(page.items)

    async def pushed(self) -> int:
        """Return how many items are on their way to subscribers."""
        async with self.db.read() as tx:
            return len((await tx.scalars(select(col(FanoutRow.item_id)))).all())

    async def _told(self, text: str) -> None:
        self.notices.append(text)

    def _nudged(self) -> None:
        self.nudges += 1


@asynccontextmanager
async def showing() -> AsyncIterator[tuple[Shown, str]]:
    """Yield a source and its address."""
    shown = Shown()
    application = web.Application()
    application.router.add_get("/{path:.*}", shown.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield shown, f"http://127.0.0.1:{runner.addresses[0][1]}/feed"
    finally:
        await runner.cleanup()


def rss(*entries: str, note: str = "") -> bytes:
    """Return an RSS document."""
    return (
        f'<rss version="2.0"><channel><title>Office</title>{note}{"".join(entries)}</channel></rss>'
    ).encode()


def entry(
    title: str,
    *,
    body: str | None = None,
    guid: str | None = None,
    link: str | None = None,
    at: datetime | None = None,
) -> str:
    """Return an entry; its text is made from its title unless given."""
    parts = [f"<title>{title}</title>"]
    parts.append(f"<description>{body if body is not None else 'On ' + title}</description>")
    if guid:
        parts.append(f"<guid isPermaLink='false'>{guid}</guid>")
    if link:
        parts.append(f"<link>{link}</link>")
    if at:
        parts.append(f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>")
    return f"<item>{''.join(parts)}</item>"


@asynccontextmanager
async def building(db: Database, pool: ReadingPool) -> AsyncIterator[World]:
    """Yield a world over a store."""
    async with (
        showing() as (shown, address),
        fetching(
            contact="https://news.example",
            clock=lambda: NOW,
            allow_private=True,
            seconds=3,
        ) as fetcher,
    ):
        world = World(db, pool, fetcher, shown, address)
        yield world
        await world.poller.close()
