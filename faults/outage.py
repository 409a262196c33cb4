"""Everything that Telegram and the way there can do, at once, during broadcasts."""

import asyncio
import random
import signal
import time
from dataclasses import dataclass

from bot.sandbox import Limits, Sandbox
from domain import figures as names
from domain.delivery import in_flight
from domain.model import Lane
from faults.installation import FIRST_CHAT, TITLE, Installation, answering, installed, messages
from faults.judge import Judgement, judge
from faults.stores import publish
from faults.storm import Storm, Weather
from faults.waiting import until
from storage import tally

ITEMS = 5
RATE = 200
BURST_EVERY = 25.0
LAST_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    judgement: Judgement
    expected: int
    inside: int
    """Sends inside a penalty."""
    unanswered: int
    """Messages that arrived although the bot had no answer."""
    counted: int
    """What the service counted as possible duplicates."""
    refused: int
    counts: dict[str, int]
    seconds: float

    @property
    def holds(self) -> bool:
        """Tell whether the promise was kept."""
        found = self.judgement
        return self.counted >= found.duplicates and not (
            found.lost or found.unwanted or found.unexplained or found.disordered or self.inside
        )


async def outage(
    database: str,
    *,
    deliveries: int,
    seed: int,
    out_seconds: float = 60.0,
    burst_every: float = BURST_EVERY,
    weather: Weather | None = None,
    rate: int = RATE,
) -> Run:
    """Broadcast through a storm with an outage in it, and wait until all has arrived."""
    chance = random.Random(seed)
    chats = range(FIRST_CHAT, FIRST_CHAT + max(deliveries // ITEMS, 1))
    sandbox = Sandbox(limits=Limits(per_second=rate), history=10)
    storm = sandbox.faults = Storm(chance, weather or Weather(), in_flight(rate))
    began = time.monotonic()
    async with installed(database, sandbox, {chat: [""] for chat in chats}, rate=rate) as place:
        whole = len(chats) * ITEMS
        bursts = asyncio.create_task(_bursts(storm, burst_every))
        try:
            await _rage(place, storm, whole, out_seconds)
        finally:
            bursts.cancel()
        async with place.db.read() as tx:
            counted = await tally.read(tx)
    doubtful = counted.get((names.MESSAGES, names.message_label(Lane.PUSH, names.AMBIGUOUS)))
    return Run(
        judge(messages(sandbox), dict.fromkeys(range(ITEMS), chats), unanswered=storm.unanswered),
        whole,
        storm.inside,
        storm.unanswered.total(),
        int(doubtful.value) if doubtful else 0,
        sandbox.calls["sendmessage", 429],
        dict(storm.counts),
        time.monotonic() - began,
    )


async def _rage(place: Installation, storm: Storm, whole: int, out_seconds: float) -> None:
    """Publish, and let one thing after the other go wrong until all has arrived."""
    async with answering(place.sandbox, place.api_port):
        child = await place.children.start("run")
        for number in range(ITEMS):
            await publish(place.db, TITLE.format(number=number))
        await place.sandbox.wait_for(lambda: len(place.sandbox.sent) > whole // 3, LAST_SECONDS)
        storm.is_out = True
        await asyncio.sleep(out_seconds / 2)
    await asyncio.sleep(out_seconds / 2)  # nobody listens
    storm.is_out = False
    async with answering(place.sandbox, place.api_port):
        await until(lambda: len(set(messages(place.sandbox))) == whole, LAST_SECONDS)
        storm.is_over = True
        await until(place.is_done, LAST_SECONDS)
        await child.end(signal.SIGTERM)


async def _bursts(storm: Storm, every: float) -> None:
    while not storm.is_over:
        await asyncio.sleep(every)
        storm.refuse_all()
