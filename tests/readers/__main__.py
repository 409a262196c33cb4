"""Real feed readers against real feeds, three fetches each or more: `make readers`.

Before the last fetch an item comes in. Every reader must show every item once, then the same, then
the new one too; one that sends validators must get 304 while nothing is new. Exits
with 1 where one does not. At last a real WebSub hub passes an item on.
"""

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.model import Draft, Kind, Published
from storage.migrate import upgrade
from tests.feeds.web.conftest import World, a_world, serving
from tests.readers.programs import READERS, Reader
from tests.readers.subscriber import through_a_hub

ITEMS = 12
TITLES = (
    "Judges and prosecutors meet in Abuja",
    "Nouveau manuel sur la traite des personnes",
    "مبادرة جديدة لمكافحة تهريب المهاجرين",
    "Семинар для следователей в Минске",
    "禁止贩运人口的新法律",
    "AT&T, Q&A: 5 < 6 & “rising”",
)


@dataclass
class Observed:
    """An application, and the status of every answer of it."""

    app: ASGIApp
    statuses: list[int] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])
            await send(message)

        await self.app(scope, receive, note)


def a_draft(number: int) -> Draft:
    return Draft(
        title=f"{TITLES[number % len(TITLES)]} {number}",
        published=Published.on(date(2020, 1, 1) + timedelta(number)),
        body=f"What is told of number {number}.\n\n- one\n- two",
        kind=Kind.NEWS,
        lang="en",
        topics=("human-trafficking",),
        countries=("NG",),
    )


async def read(reader: Reader, extension: str, folder: Path) -> str:
    """Let a reader fetch a feed a few times; returns what went wrong, or nothing."""
    world = a_world(f"sqlite:///{folder / 'store.db'}")
    await upgrade(world.db)
    await world.publish(*map(a_draft, range(ITEMS)))
    observed = Observed(world.app)
    try:
        async with serving(observed) as site:
            return await _some_times(reader, f"{site}/feed.{extension}", folder, world, observed)
    finally:
        await world.reader.aclose()
        await world.db.dispose()


async def _some_times(
    reader: Reader, address: str, folder: Path, world: World, observed: Observed
) -> str:
    expected = [a_draft(number).title for number in range(ITEMS)]
    last = (reader.validates_from or 2) + 1
    for number in range(1, last + 1):
        if number == last:
            expected.append(a_draft(ITEMS).title)
            await world.publish(a_draft(ITEMS))
        observed.statuses.clear()
        try:
            titles = await asyncio.to_thread(reader.fetch, folder, address)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the rest go on
            return f"fetch {number}: {error}"
        shown = Counter(title.replace("\u200b", "") for title in titles)
        if shown != Counter(expected):
            return f"fetch {number}: {_difference(shown, Counter(expected))}"
        wanted = 304 if number == reader.validates_from else 200
        if wanted not in observed.statuses:
            return f"fetch {number}: statuses {observed.statuses}, not {wanted}"
    return ""


def _difference(shown: Counter[str], expected: Counter[str]) -> str:
    return f"missing {list(expected - shown)[:3]}, too many {list(shown - expected)[:3]}"


async def main() -> int:
    """Print a line for each reader and format; returns the exit code."""
    failed = 0
    for reader in READERS:
        if not reader.is_here:
            print(f"{reader.name:12} not here: {reader.needs}")
            failed += 1
            continue
        for extension in reader.formats:
            with TemporaryDirectory(prefix="topicwire-reader-") as folder:
                wrong = await read(reader, extension, Path(folder))
            again = "304 when unchanged" if reader.validates_from else "sends no validators"
            print(f"{reader.name:12} {extension:5} {wrong or f'every item once, {again}'}")
            failed += bool(wrong)
    with TemporaryDirectory(prefix="topicwire-hub-") as folder:
        wrong = await through_a_hub(Path(folder), a_draft(0))
    print(f"{'WebSub hub':12} {wrong or 'a new item reaches its subscriber, signed'}")
    return int(failed > 0 or bool(wrong))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
