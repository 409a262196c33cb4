"""`python -m bench.expanding URL` expands an item, in a process that has all of the service.

The saved queries are read before, as in a service that has run for a while. Prints as JSON:
seconds, seconds of processor time, how long each writing transaction held the store, and the peak
memory in bytes.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import app.service as whole
from bench.subscribers import NOW, publish
from bot.delivery.preparing import Preparation
from bot.services import BotServices
from domain.links import Links
from seeds.data import load_classifier, load_taxonomy, load_vocabulary
from storage import outbox
from storage.database import Database, Transaction

assert whole.__name__ == "app.service"


class TimedDatabase(Database):
    """A store that notes how long each writer held it, its commit included."""

    def __init__(self, url: str):
        super().__init__(url)
        self.held: list[float] = []

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """Open the writing transaction, as a store does."""
        began = 0.0
        async with super().write() as tx:
            began = time.perf_counter()
            yield tx
        self.held.append(time.perf_counter() - began)


async def main(url: str) -> None:
    """Expand all."""
    db = TimedDatabase(url)
    services = BotServices(
        db=db,
        vocabulary=load_vocabulary(),
        taxonomy=load_taxonomy(),
        classifier=load_classifier,
        links=Links("https://news.example"),
        clock=lambda: NOW,
    )
    preparation = Preparation(services)
    while await preparation.step():
        pass
    await publish(db)
    db.held.clear()
    began, used = time.perf_counter(), time.process_time()
    waits = True
    while waits:
        await preparation.step()
        async with db.read() as tx:
            waits = await outbox.any_fanout(tx)
    figures = {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - used,
        "held": db.held,
        "peak": _peak(),
    }
    await db.dispose()
    print(json.dumps(figures))


def _peak() -> int:
    """Return the most memory that this process had; `ru_maxrss` counts its parent's too."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("the kernel does not tell the peak memory")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
