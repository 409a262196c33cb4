from datetime import timedelta

from domain import figures as names
from domain.delivery import LEASE
from domain.model import Lane
from storage import outbox, tally
from storage.database import Database
from tests.factories import NOW, follow
from tests.sending import broadcast, claim

MINUTE = timedelta(minutes=1)


async def test_what_waits_what_is_for_later_and_what_is_on_its_way(db: Database) -> None:
    for chat_id in range(1, 7):
        await follow(db, chat_id)
    await broadcast(db, "First")
    one, two, _ = await claim(db, 3)
    async with db.write() as tx:
        await outbox.settle_later(tx, one, due=NOW + 30 * MINUTE, reason="flood")
        await outbox.settle_failed(tx, two, reason="message is too long", now=NOW)
    async with db.read() as tx:
        found = await outbox.figures(tx, now=NOW + LEASE / 2)
        late = await outbox.figures(tx, now=NOW + LEASE + MINUTE)
    assert found.lanes[Lane.PUSH] == outbox.LaneFigures(due=3, later=1, claimed=1, age=LEASE / 2)
    assert found.lanes[Lane.DIGEST] == outbox.LaneFigures(0, 0, 0, timedelta())
    assert found.left == 4
    assert found.set_aside == {(Lane.PUSH, "message is too long"): 1}
    assert late.lanes[Lane.PUSH].due == 4


async def test_a_rate_of_long_ago_is_none(db: Database) -> None:
    async with db.write() as tx:
        await tally.put(tx, {(names.RATE, ""): 29.5}, now=NOW)
    async with db.read() as tx:
        assert (await outbox.figures(tx, now=NOW)).speed(names.RATE) == 29.5
        assert (await outbox.figures(tx, now=NOW + MINUTE)).speed(names.RATE) == 0


async def test_how_soon_pushes_came_is_told_in_steps(db: Database) -> None:
    async with db.write() as tx:
        empty = await outbox.figures(tx, now=NOW)
        counts = {"0.5": 48, "2": 50, "10": 1, "inf": 1}
        await tally.add(tx, {(names.DELAYS, step): n for step, n in counts.items()}, now=NOW)
        found = await outbox.figures(tx, now=NOW)
    assert empty.within(0.5) is None
    assert [found.within(share) for share in (0.48, 0.5, 0.98, 0.99)] == [0.5, 2, 2, 10]
    assert found.within(1) == names.DELAY_STEPS[-1]
