"""What a sender counts, written into the store."""

from collections import Counter
from typing import cast

from app.figures import SenderFigures
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.tally import Tally
from domain import figures as names
from domain.model import Lane
from storage import tally
from storage.database import Database
from tests.factories import NOW


class Counting:
    """A sender, as far as its figures go."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.passed = 0
        self.in_outage = False

    def send(self, count: int) -> None:
        self.tally[Lane.PUSH, "sent"] += count
        self.passed += count
        for _ in range(count):
            self.tally.delays.note(1.5)


async def read(db: Database) -> Counter[tally.Key]:
    async with db.read() as tx:
        return Counter({key: round(each.value) for key, each in (await tally.read(tx)).items()})


async def test_gains_are_added_whoever_counts(db: Database) -> None:
    senders = [Counting(), Counting()]
    figures = [SenderFigures(db, cast("Dispatcher", sender), 30, lambda: NOW) for sender in senders]
    for count in (2, 3):
        for sender, each in zip(senders, figures, strict=True):
            sender.send(count)
            await each.write()
            await each.write()
    found = await read(db)
    assert found[names.MESSAGES, "push/sent"] == 10
    assert found[names.DELAYS, "2"] == 10
    assert found[names.DELAY_SECONDS, ""] == 15
    assert found[names.ALLOWED, ""] == 30
    assert (found[names.RATE, ""], found[names.USED, ""]) == (0, 0)


async def test_a_sender_that_has_nothing_to_tell_writes_once(db: Database) -> None:
    figures = SenderFigures(db, cast("Dispatcher", Counting()), 30, lambda: NOW)
    await figures.write()
    async with db.write():  # which would keep it from writing
        await figures.write()
