"""A web application on a real store in a SQLite file, asked without a network."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from domain.links import Links
from domain.model import Draft, Kind, Published
from feeds.web.app import create_app
from feeds.web.documents import Documents
from feeds.web.services import WebServices
from seeds.data import load_classifier, load_taxonomy, load_vocabulary
from storage import changes
from storage.database import Database, Transaction
from storage.ingest import ingest

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

DRAFTS = [
    Draft(
        title="Final meeting on training modules held in Abuja, Nigeria",
        published=Published.on(date(2009, 6, 22)),
        body="Experts met.\n\n- First aim\n- Second aim",
        kind=Kind.EVENT,
        lang="en",
        starts=date(2009, 6, 22),
        ends=date(2009, 6, 24),
        topics=("migrant-smuggling",),
        countries=("NG",),
        link="https://un.example/a?b=1&c=ä",
    ),
    Draft(
        title="مبادرة جديدة لمكافحة تهريب المهاجرين",
        published=Published.on(date(2013, 4, 8)),
        body="فقرة أولى.",
        kind=Kind.NEWS,
        lang="ar",
        topics=("migrant-smuggling",),
        countries=("EG",),
        link="javascript:alert(1)",
    ),
    Draft(
        title="<script>alert(1)</script> & more",
        published=Published.on(date(2022, 1, 20)),
        body="<img src=x onerror=alert(1)>",
        kind=Kind.PUBLICATION,
        lang="en",
        topics=("human-trafficking",),
        countries=(),
    ),
]


class CountingDatabase(Database):
    """A store that counts how often it was read."""

    reads = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        self.reads += 1
        async with super().read() as tx:
            yield tx


@dataclass
class World:
    """An application, its store, and a reader."""

    db: CountingDatabase
    services: WebServices
    app: FastAPI
    reader: httpx.AsyncClient
    now: list[datetime] = field(default_factory=lambda: [NOW])

    async def publish(self, *drafts: Draft) -> list[str]:
        """Store drafts, let the application see it, and return the slugs."""
        async with self.db.write() as tx:
            report = await ingest(
                tx,
                drafts,
                source="unodc",
                document="test.txt",
                classifier=load_classifier(),
                now=self.now[0],
                push=False,
            )
            news = await changes.since(tx, self.services.documents.version)
        self.services.documents.observe(news)
        return [entry.slug for entry in report.entries]

    async def get(self, address: str, **options: Any) -> httpx.Response:
        return await self.reader.get(address, **options)


def a_world(url: str, **changes: Any) -> World:
    db = CountingDatabase(url)
    now = [NOW]
    services = WebServices(
        db=db,
        vocabulary=load_vocabulary(),
        taxonomy=load_taxonomy(),
        links=Links("https://news.example.org"),
        clock=lambda: now[0],
        title="Topicwire",
        documents=Documents(lambda: now[0]),
        follow_url=lambda query: f"https://t.me/bot?start={len(query)}",
        reasons=lambda item: load_classifier().classify(Draft(title=item.title)).reasons,
        ready=lambda: None,
    )
    services = replace(services, **changes)
    app = create_app(services)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return World(
        db, services, app, httpx.AsyncClient(transport=transport, base_url="http://x"), now
    )


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an application on a free port of this machine; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, access_log=False, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await running
    listener.close()


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[World]:
    world = a_world(sqlite_url)
    yield world
    await world.reader.aclose()
    await world.db.dispose()


@pytest.fixture
async def world(empty: World) -> World:
    await empty.publish(*DRAFTS)
    return empty
