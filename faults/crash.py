"""`kill -9` again and again in the midst of broadcasts, and SIGTERM as often."""

import asyncio
import random
import signal
import time
from collections.abc import Collection
from dataclasses import dataclass

from bot.sandbox import Limits, Sandbox
from domain.delivery import in_flight
from faults.installation import FIRST_CHAT, TITLE, Installation, answering, installed, messages
from faults.judge import Judgement, judge
from faults.stores import publish
from faults.waiting import until

ITEMS = 5
"""For each chat, so that its order can be told."""
LATENCY = 0.01
STARTING = 0.1
"""So many of the kills fall at any time of a start, before anything is sent too."""
STARTS_IN = 1.5
LAST_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    judgement: Judgement
    expected: int
    claimed: tuple[int, ...]
    """How many messages were claimed at each end and not written down: those on their way, and
    those that would have been next."""
    bound: int
    """How many may be on their way at once."""
    refused: int
    seconds: float

    @property
    def holds(self) -> bool:
        """Tell whether the promise was kept."""
        found = self.judgement
        is_bounded = all(
            count <= min(claimed, self.bound)
            for count, claimed in zip(found.by_kill, self.claimed, strict=True)
        )
        return is_bounded and not (
            found.lost or found.unwanted or found.unexplained or found.disordered
        )


async def crash(
    database: str, *, ends: int, deliveries: int, rate: int, seed: int, gently: bool
) -> Run:
    """Run the service through so many ends, by SIGKILL or `gently` by SIGTERM."""
    chance = random.Random(seed)
    chats = range(FIRST_CHAT, FIRST_CHAT + max(deliveries // ITEMS, 1))
    sandbox = Sandbox(limits=Limits(per_second=rate), history=10)
    sandbox.faults.latency = LATENCY
    began = time.monotonic()
    followers = {chat: [""] for chat in chats}
    async with (
        installed(database, sandbox, followers, rate=rate) as place,
        answering(sandbox, place.api_port),
    ):
        course = _Course(place, chance, chats)
        await course.run(ends, signal.SIGTERM if gently else signal.SIGKILL)
    expected = dict.fromkeys(range(ITEMS), chats)
    found = judge(messages(sandbox), expected, kills=course.kills)
    return Run(
        found,
        len(chats) * ITEMS,
        tuple(course.claimed),
        0 if gently else in_flight(rate),
        sandbox.calls["sendmessage", 429],
        time.monotonic() - began,
    )


class _Course:
    """Publishes, starts and ends, until all has arrived."""

    def __init__(self, place: Installation, chance: random.Random, chats: Collection[int]):
        self._place = place
        self._sandbox = place.sandbox
        self._db = place.db
        self._children = place.children
        self._chance = chance
        self._whole = len(chats) * ITEMS
        self._each = len(chats)
        self._published = 0
        self.kills: list[int] = []
        self.claimed: list[int] = []

    async def run(self, ends: int, number: signal.Signals) -> None:
        await self._publish_next()
        for left in range(ends, 0, -1):
            child = await self._children.start("run")
            await self._let_work(left)
            expected = {-number}
            if number is signal.SIGTERM:
                # Until it listens for that, it ends as any program does.
                expected = {0} if child.catches(number) else {0, -number}
            await child.end(number, expected)
            await self._settle()
            self.kills.append(len(self._sandbox.sent))
            figures = await self._place.figures()
            self.claimed.append(sum(lane.claimed for lane in figures.lanes.values()))
        await self._finish()

    async def _let_work(self, left: int) -> None:
        """Wait for a random moment, so that what is to be sent lasts for all ends."""
        if self._chance.random() < STARTING:
            await asyncio.sleep(self._chance.uniform(0, STARTS_IN))
            return
        done = len(self._sandbox.sent)
        share = (self._whole - done) / (left + 1)
        await self._until(done + int(self._chance.uniform(0, 2 * share)))
        await asyncio.sleep(self._chance.uniform(0, 2 * LATENCY))

    async def _until(self, count: int) -> None:
        """Wait for so many messages; items are published as those before them go out."""
        async with asyncio.timeout(LAST_SECONDS):
            while len(self._sandbox.sent) < count:
                if len(self._sandbox.sent) > (self._published - 0.5) * self._each:
                    await self._publish_next()
                await self._sandbox.journal.changed()

    async def _settle(self) -> None:
        """Let what the service had sent arrive: a kill takes nothing off the wire."""
        await asyncio.sleep(LATENCY)
        await until(lambda: not self._sandbox.under_way["sendmessage"], LAST_SECONDS, LATENCY)

    async def _publish_next(self) -> None:
        if self._published < ITEMS:
            await publish(self._db, TITLE.format(number=self._published))
            self._published += 1

    async def _finish(self) -> None:
        """Let the rest arrive, and wait for what should not."""
        child = await self._children.start("run")
        while self._published < ITEMS:
            await self._publish_next()
        await until(lambda: len(set(messages(self._sandbox))) == self._whole, LAST_SECONDS)
        await asyncio.sleep(1)
        await child.end(signal.SIGTERM)
