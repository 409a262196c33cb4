"""A backup made in the midst of a broadcast, put back after it: nothing comes twice."""

import asyncio
import random
import signal
import time
from dataclasses import dataclass

from bot.sandbox import Limits, Sandbox
from domain.delivery import in_flight
from faults.installation import FIRST_CHAT, TITLE, Installation, answering, installed, messages
from faults.judge import Judgement, judge
from faults.stores import publish
from faults.waiting import until

ITEMS = 3
CHATS = 300
RATE = 100
QUIET_SECONDS = 5.0
LAST_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    judgement: Judgement
    expected: int
    sent_then: tuple[int, int]
    """Messages sent when the backup was begun, and when it was done."""
    set_aside: int
    """Messages that the restored store lists as perhaps sent."""
    seconds: float

    @property
    def holds(self) -> bool:
        """Tell whether nothing came twice, and every message is known as sent or set aside."""
        found = self.judgement
        known = self.expected - self.set_aside
        least, most = self.sent_then
        is_whole = least - in_flight(RATE) <= known <= most
        return is_whole and not (found.lost or found.unwanted or found.duplicates)


async def restored(database: str, *, seed: int) -> Run:
    """Broadcast, back up at a random moment, broadcast on, restore, and run again."""
    chance = random.Random(seed)
    chats = range(FIRST_CHAT, FIRST_CHAT + CHATS)
    sandbox = Sandbox(limits=Limits(per_second=RATE), history=10)
    began = time.monotonic()
    followers = {chat: [""] for chat in chats}
    async with (
        installed(database, sandbox, followers, rate=RATE) as place,
        answering(sandbox, place.api_port),
    ):
        child = await place.children.start("run")
        await publish(place.db, *(TITLE.format(number=number) for number in range(ITEMS)))
        moment = chance.randrange(CHATS // 2, 2 * CHATS)
        await sandbox.wait_for(lambda: len(sandbox.sent) > moment, LAST_SECONDS)
        before = len(sandbox.sent)
        await (await place.children.start("backup", "copy.backup")).succeed()
        then = before, len(sandbox.sent)
        await until(place.is_done, LAST_SECONDS)
        await child.end(signal.SIGTERM)
        aside = await _restore(place)
    return Run(
        judge(messages(sandbox), dict.fromkeys(range(ITEMS), chats)),
        CHATS * ITEMS,
        then,
        aside,
        time.monotonic() - began,
    )


async def _restore(place: Installation) -> int:
    """Restore, run for a while, and return how many messages are set aside."""
    await place.db.dispose()
    await (await place.children.start("restore", "copy.backup")).succeed()
    child = await place.children.start("run")
    await asyncio.sleep(QUIET_SECONDS)
    figures = await place.figures()
    await child.end(signal.SIGTERM)
    return sum(figures.set_aside.values())
