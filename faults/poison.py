"""One item that nobody can be sent, among a hundred: the others arrive as if it were not there."""

import asyncio
import random
import signal
import time
from dataclasses import dataclass
from statistics import median

from bot.sandbox import Limits, Sandbox
from bot.sandbox.errors import bad_request
from bot.sandbox.faults import Refuse
from faults.installation import (
    FIRST_CHAT,
    TITLE,
    Installation,
    answering,
    installed,
    item_of,
    messages,
)
from faults.judge import Judgement, judge
from faults.stores import publish
from faults.waiting import until

ITEMS = 100
EACH = 3
"""Items that a chat follows; each item has so many chats, in a ring."""
RATE = 300
POISON = ITEMS // 2
LATENCY = 0.02
LAST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    judgement: Judgement
    expected: int
    set_aside: int
    typical: float
    """Seconds until a message arrived, the median of all but the unsendable."""
    last: float
    """Seconds until the last one did."""


def holds(run: Run, without: Run) -> bool:
    """Tell whether the promise was kept, against a run in which all could be sent."""
    found = run.judgement
    is_late = run.last > without.last * 1.5 + 1
    return run.set_aside == EACH and not (
        found.lost or found.unwanted or found.duplicates or found.disordered or is_late
    )


async def poison(database: str, *, seed: int, is_poisoned: bool) -> Run:
    """Publish a hundred items at once, one of them unsendable or not."""
    chance = random.Random(seed)
    offset = chance.randrange(ITEMS)
    chats = range(FIRST_CHAT, FIRST_CHAT + ITEMS)
    followed = {
        chat: sorted((place + offset + step) % ITEMS for step in range(EACH))
        for place, chat in enumerate(chats)
    }
    sandbox = Sandbox(limits=Limits(per_second=RATE), history=10)
    sandbox.faults.latency = LATENCY
    if is_poisoned:
        refusal = Refuse(bad_request("wrong something of a new kind"))
        sandbox.faults.add(refusal, method="sendMessage", text=TITLE.format(number=POISON))
    followers = {chat: [f"{number:04d}" for number in items] for chat, items in followed.items()}
    async with (
        installed(database, sandbox, followers, rate=RATE) as place,
        answering(sandbox, place.api_port),
    ):
        began, aside = await _broadcast(place)
    expected = {
        number: [chat for chat, items in followed.items() if number in items]
        for number in range(ITEMS)
        if not (is_poisoned and number == POISON)
    }
    times = [sent.at - began for sent in sandbox.sent if item_of(sent.text) != POISON]
    return Run(
        judge(messages(sandbox), expected),
        sum(map(len, expected.values())),
        aside,
        median(times),
        max(times),
    )


async def _broadcast(place: Installation) -> tuple[float, int]:
    """Publish everything; return when that was and how many messages were set aside."""
    child = await place.children.start("run")
    await until(lambda: place.sandbox.calls["setmycommands", 200] > 0, LAST_SECONDS)
    await asyncio.sleep(1)
    began = time.time()
    await publish(place.db, *(TITLE.format(number=number) for number in range(ITEMS)))
    await until(place.is_done, LAST_SECONDS)
    figures = await place.figures()
    await child.end(signal.SIGTERM)
    return began, sum(figures.set_aside.values())
