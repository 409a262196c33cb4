"""A store that cannot be written for a while: what was acknowledged arrives, once."""

import asyncio
import errno
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bot.sandbox import Limits, Sandbox
from domain.errors import StoreError
from faults.installation import FIRST_CHAT, TITLE, Installation, answering, installed, messages
from faults.judge import Judgement, judge
from faults.stores import publish
from faults.waiting import until
from storage.database import WRITERS_LOCK

CHATS = 300
RATE = 100
DISKS = {"sqlite": "24m", "postgresql": "200m"}
"""PostgreSQL wants 60 MB before anything is in it."""
HINDERED_SECONDS = 12.0
"""Longer than a writer waits for another."""
PUBLISH_EVERY = 2.0
LAST_SECONDS = 240.0

Hindrance = Callable[[Installation], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    judgement: Judgement
    expected: int
    acknowledged: int
    """Items that were taken in, of those that were tried."""
    tried: int
    seconds: float

    @property
    def holds(self) -> bool:
        """Tell whether the promise was kept."""
        found = self.judgement
        return not (found.lost or found.unwanted or found.duplicates or found.disordered)


async def locked(database: str, *, seed: int) -> Run:
    """Let another program hold the store's lock."""
    return await _run(database, seed, _hold_lock, None)


async def full_disk(database: str, *, seed: int) -> Run | None:
    """Fill the disk under the store; None where no small disk can be mounted."""
    with TemporaryDirectory(prefix="topicwire-disk-") as mount:
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISKS[database]}", "tmpfs", mount]
        if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603, ASYNC221
            return None
        try:
            return await _run(database, seed, _fill_disk, Path(mount))
        finally:
            subprocess.run(["umount", "-l", mount], check=True)  # noqa: S603, S607, ASYNC221


async def _run(database: str, seed: int, hinder: Hindrance, folder: Path | None) -> Run:
    chance = random.Random(seed)
    chats = range(FIRST_CHAT, FIRST_CHAT + CHATS)
    sandbox = Sandbox(limits=Limits(per_second=RATE), history=10)
    began = time.monotonic()
    taken: list[int] = []
    followers = {chat: [""] for chat in chats}
    async with (
        installed(database, sandbox, followers, rate=RATE, folder=folder) as place,
        answering(sandbox, place.api_port),
    ):
        child = await place.children.start("run")
        async with _publishing(place, taken) as tried:
            first = chance.randrange(CHATS // 4, CHATS // 2)
            await sandbox.wait_for(lambda: len(sandbox.sent) > first, LAST_SECONDS)
            await hinder(place)
            await asyncio.sleep(2)
        await until(place.is_done, LAST_SECONDS)
        await child.end(signal.SIGTERM)
    found = judge(messages(sandbox), dict.fromkeys(sorted(taken), chats))
    return Run(found, CHATS * len(taken), len(taken), tried[0], time.monotonic() - began)


@asynccontextmanager
async def _publishing(place: Installation, taken: list[int]) -> AsyncIterator[list[int]]:
    """Publish an item now and then while the context is open; those acknowledged are `taken`."""
    tried, ended = [0], asyncio.Event()

    async def publish_on() -> None:
        while not ended.is_set():
            number = tried[0]
            tried[0] += 1
            with suppress(StoreError):
                await publish(place.db, TITLE.format(number=number))
                taken.append(number)
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), PUBLISH_EVERY)

    publishing = asyncio.create_task(publish_on())
    try:
        yield tried
    finally:
        ended.set()
        await publishing


async def _hold_lock(place: Installation) -> None:
    await asyncio.to_thread(_hold, place)


def _hold(place: Installation) -> None:
    if not place.db.is_sqlite:
        with psycopg.connect(place.url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [WRITERS_LOCK])
            time.sleep(HINDERED_SECONDS)
        return
    path = place.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=LAST_SECONDS, isolation_level=None)) as store:
        store.execute("BEGIN IMMEDIATE")
        time.sleep(HINDERED_SECONDS)
        store.execute("ROLLBACK")


async def _fill_disk(place: Installation) -> None:
    ballast = place.folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            for _ in range(int(HINDERED_SECONDS * 20)):  # what is freed meanwhile is taken too
                _fill(file.fileno())
                await asyncio.sleep(0.05)
        finally:
            ballast.unlink()


def _fill(descriptor: int) -> None:
    block = b"\0" * 4096
    while True:
        try:
            os.write(descriptor, block)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return
            raise
