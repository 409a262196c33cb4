"""A round over many sources: how long it takes, what it needs, and who has to wait for it.

Upstream and the service are processes of their own; Telegram's part is played by the sandbox here.
"""

import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import aiohttp
import psutil

from app.server import listen
from bench import report
from bench.upstream import FAULTS, ITEMS
from bot.sandbox import UNLIMITED, Sandbox, serve
from domain.sources import SourceKind
from storage import sources
from storage.database import Database
from storage.migrate import upgrade

NEW, SAME, FAILING = 200, 1_500, 300
CHATS = range(1, 101)
_START = "from app.cli import main; main()"
_FIRST_ROUND = 900.0
_ROUND = 300.0
_PAUSE = 0.02
_SAMPLE = 0.1
_WEIGHED_EACH = 0.5


def run(scale: float) -> None:
    """Measure a round over 2,000 sources, most of them unchanged, some failing in every way."""
    asyncio.run(_measure(*(max(int(count * scale), 1) for count in (NEW, SAME, FAILING))))


async def _measure(new: int, same: int, failing: int) -> None:
    total = new + same + failing
    report.heading(f"polling: {new} sources with a new item, {same} unchanged, {failing} failing")
    sandbox = Sandbox(limits=UNLIMITED)
    with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
        store = Path(folder) / "topicwire.db"
        async with _upstream() as (port, turn), serve(sandbox) as telegram:
            await _fill(store, port, new, same, failing)
            async with _service(folder, telegram, sandbox.token) as (address, process):
                began = time.perf_counter()
                await _until(lambda: _left(store, 0) == 0, _FIRST_ROUND)
                report.line("first round, which fills the archive", _seconds(began))
                await turn()
                before = _items(store)
                used = _processor_time(process)
                watch = asyncio.create_task(_watch(address, sandbox, process))
                at = _all_due(store)
                began = time.perf_counter()
                await _until(lambda: _left(store, at) == 0, _ROUND)
                took = _seconds(began)
                watch.cancel()
                feeds, replies, memory = await watch
                used = _processor_time(process) - used
                report.line("a round", took, f"{total} sources")
                report.line("processor time of the service", f"{used:.1f} s", "answers included")
                report.line("items taken in", f"{_items(store) - before}", f"of {new}")
                report.line("of them more than once", f"{_twice(store)}")
                report.line("sources with an error", f"{_failing(store)}", f"of {failing}")
                shared, summed = (f"{size / 1e6:,.0f} MB" for size in memory)
                note = f"pages that its processes share counted once; {summed} with them twice"
                report.line("memory at most", shared, note)
                report.line("feed, p99", f"{_p99(feeds) * 1000:.0f} ms", f"{len(feeds)} requests")
                report.line("bot, p99", f"{_p99(replies) * 1000:.0f} ms", f"{len(replies)} replies")


async def _fill(store: Path, port: int, new: int, same: int, failing: int) -> None:
    """Make a store that has the sources."""
    ways = ("validators", "bytes", "items")
    paths = [f"/new/{number}" for number in range(new)]
    paths += [f"/same/{ways[number % len(ways)]}/{number}" for number in range(same)]
    faults = list(FAULTS)
    paths += [f"/fail/{faults[number % len(faults)]}/{number}" for number in range(failing)]
    db = Database(f"sqlite:///{store}")
    await upgrade(db)
    async with db.write() as tx:
        for number, path in enumerate(paths):
            await sources.add(
                tx,
                name=f"source-{number}",
                title=path,
                address=f"http://127.0.0.1:{port}{path}",
                kind=SourceKind.RSS,
                now=datetime.now(UTC),
            )
    await db.dispose()


@asynccontextmanager
async def _upstream() -> AsyncIterator[tuple[int, Callable[[], Awaitable[None]]]]:
    """Yield the port of the other side, and what lets it take a turn."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.upstream"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    writes, reads = process.stdin, process.stdout

    async def turn() -> None:
        writes.write(b"\n")
        await reads.readline()

    try:
        yield int(await reads.readline()), turn
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def _service(
    folder: str, telegram: str, token: str
) -> AsyncIterator[tuple[str, psutil.Process]]:
    """Yield the address of the running service, and its process."""
    with closing(listen("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "DATA_DIR": folder,
        "HTTP_PORT": str(port),
        "TELEGRAM_TOKEN": token,
        "TELEGRAM_API_URL": telegram,
        "ALLOW_PRIVATE_SOURCES": "true",
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _START, "run"),
        env=os.environ | {f"TOPICWIRE_{name}": value for name, value in settings.items()},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        await _until(lambda: _answers(port), 60)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


async def _watch(
    address: str, sandbox: Sandbox, process: psutil.Process
) -> tuple[list[float], list[float], tuple[int, int]]:
    """Ask for feeds and talk to the bot until cancelled.

    Returns the times, and the most memory that all processes had at once, as their shares of pages
    and as their resident sets.
    """
    feeds: list[float] = []
    replies: list[float] = []
    memory = [(0, 0)]
    work = asyncio.gather(
        _ask_feeds(address, feeds), _talk(sandbox, replies), _weigh(process, memory)
    )
    try:
        await work
    except asyncio.CancelledError:
        work.cancel()
    return feeds, replies, max(memory)


async def _ask_feeds(address: str, times: list[float]) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            for path in ("/feed.rss", "/search/feed.atom?q=story", "/"):
                began = time.perf_counter()
                async with session.get(address + path) as answer:
                    await answer.read()
                times.append(time.perf_counter() - began)
                await asyncio.sleep(_PAUSE)


async def _talk(sandbox: Sandbox, times: list[float]) -> None:
    """Ask in one chat after the other, as each is answered once a second at most."""
    sandbox.add_chats(CHATS)
    for chat in cycle(CHATS):
        sent = len(sandbox.sent)
        began = time.perf_counter()
        sandbox.send_text(chat, "story 2")
        await sandbox.wait_for(lambda: len(sandbox.sent) > sent, 60)  # noqa: B023
        times.append(time.perf_counter() - began)
        await asyncio.sleep(_PAUSE)


async def _weigh(process: psutil.Process, memory: list[tuple[int, int]]) -> None:
    while True:
        shares = residents = 0
        for one in _family(process):
            try:
                size = one.memory_full_info()
            except psutil.NoSuchProcess:
                continue
            shares += size.pss
            residents += size.rss
        memory.append((shares, residents))
        await asyncio.sleep(_WEIGHED_EACH)


async def _until(is_so: Callable[[], bool], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(is_so):  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(_SAMPLE)


def _answers(port: int) -> bool:
    import socket

    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _all_due(store: Path) -> float:
    """Make all sources due, those that are gone too, and return the time."""
    now = datetime.now(UTC)
    with closing(sqlite3.connect(store, timeout=30)) as connection, connection:
        connection.execute(
            "UPDATE source SET state = 'on', next_poll_at = ?", (f"{now:%Y-%m-%d %H:%M:%S.%f}",)
        )
    return now.timestamp()


def _left(store: Path, since: float) -> int:
    """Count the sources that were not read since then."""
    moment = datetime.fromtimestamp(since, UTC)
    return _count(
        store,
        "SELECT count(*) FROM source WHERE last_poll_at IS NULL OR last_poll_at < ?",
        f"{moment:%Y-%m-%d %H:%M:%S.%f}",
    )


def _items(store: Path) -> int:
    return _count(store, "SELECT count(*) FROM item")


def _twice(store: Path) -> int:
    return _count(
        store,
        f"SELECT count(*) - count(DISTINCT title) FROM item WHERE title LIKE '%story {ITEMS + 1}'",
    )


def _failing(store: Path) -> int:
    return _count(store, "SELECT count(*) FROM source WHERE problem IS NOT NULL")


def _count(store: Path, statement: str, *values: str) -> int:
    with closing(sqlite3.connect(store, timeout=30)) as connection:
        return int(connection.execute(statement, values).fetchone()[0])


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _processor_time(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _p99(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))] if times else 0.0


def _seconds(began: float) -> str:
    return f"{time.perf_counter() - began:.1f} s"
