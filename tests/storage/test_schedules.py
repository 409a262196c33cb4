"""The clock: ticks of two processes, stops, and clocks that are set."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from domain.model import Lane
from storage import outbox, preferences
from storage.database import Database
from storage.tables import DigestRow
from tests.factories import follow
from tests.storage.pacing import MORNING, NIGHT, NOON, arrivals, at, be_quiet, publish, run

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def due(db: Database, now: datetime) -> bool:
    async with db.read() as tx:
        return await outbox.anything_due(tx, now)


async def test_a_tick_with_nothing_due_has_nothing_to_do(db: Database) -> None:
    assert await due(db, NOON), "the clock was never looked at"
    await follow(db, 1, "", "daily 08:00", now=NOON)
    await be_quiet(db)
    await run(db, NOON)
    assert not await due(db, NOON)
    assert not await due(db, NOON + 59 * timedelta(seconds=1))
    assert not await due(db, NOON - 29 * MINUTE), "another machine's clock may be behind"
    assert await due(db, NOON + MINUTE)
    assert await due(db, NOON - 31 * MINUTE)
    await run(db, at("2024-05-02T07:59:30"))
    assert not await due(db, at("2024-05-02T07:59:59"))
    assert await due(db, at("2024-05-02T08:00"))


@pytest.mark.parametrize("what", ["pause", "limit", "quiet"])
async def test_whatever_is_due_is_seen(db: Database, what: str) -> None:
    await follow(db, 1, now=NOON)
    async with db.write() as tx:
        if what == "pause":
            await preferences.pause(tx, 1, NOON + HOUR, NOON)
        elif what == "limit":
            await preferences.set_daily_limit(tx, 1, 1, NOON)
    if what == "limit":
        await publish(db, "One", "Two", now=NOON)
        await arrivals(db, NOON)
    if what == "quiet":
        await be_quiet(db)
    end = {"pause": NOON + HOUR, "limit": at("2024-05-02T00:00"), "quiet": MORNING}[what]
    await run(db, end - 30 * timedelta(seconds=1))
    assert not await due(db, end - timedelta(seconds=1))
    assert await due(db, end)
    await run(db, end)
    assert not await due(db, end)


async def test_one_digest_a_period_whatever_the_clock_does(db: Database, store_url: str) -> None:
    """Two processes tick; the clock jumps ahead by days, is set back, and is right in the end."""
    other = Database(store_url)
    await follow(db, 1, "", "daily 08:00", now=NOON, timezone="Europe/Vienna")
    seen: list[str] = []
    clock = NOON
    few = 4 * HOUR
    steps = [*[few] * 8, 5 * DAY, *[few] * 2, -5 * DAY, *[few] * 15, -DAY, *[few] * 30]
    for number, step in enumerate(steps):
        clock += step
        await publish(db, f"Item {number}", now=clock)
        await run(db, clock)
        await run(other, clock)
        for digest in await arrivals(db, clock):
            seen += digest
    await other.dispose()
    assert max(Counter(seen).values()) == 1, "nothing is told twice"
    async with db.read() as tx:
        periods = list(await tx.scalars(select(col(DigestRow.period))))
    assert max(Counter(periods).values()) == 1
    right = [at(f"2024-05-0{day}T06:00") + 3 * DAY for day in range(2, 6)]
    assert set(right) <= set(periods), "once it is right again, no day is left out"


async def test_after_days_of_downtime_one_digest_covers_it(db: Database) -> None:
    for chat_id, schedule in ((1, "hourly"), (2, "daily 08:00"), (3, "weekly thursday 08:00")):
        await follow(db, chat_id, "", schedule, now=NOON)
    await publish(db, "One", "Two", now=NOON)
    back = NOON + 26 * HOUR
    await run(db, back)
    assert [sorted(one) for one in await arrivals(db, back)] == [["One", "Two"]] * 3
    await run(db, back + MINUTE)
    assert await arrivals(db, back + MINUTE) == []


async def test_a_clock_set_back_delays_nothing_that_waits(db: Database) -> None:
    await follow(db, 1, now=NOON)
    await follow(db, 2, now=NOON)
    await follow(db, 3, now=NOON)
    await be_quiet(db)
    async with db.write() as tx:
        await preferences.set_daily_limit(tx, 2, 1, NOON)
    ahead = NIGHT + 5 * DAY
    await run(db, ahead)
    await publish(db, "One", "Two", now=ahead)
    told = await arrivals(db, ahead)
    assert sorted(told) == [["One"], ["One"], ["Two"]]
    async with db.write() as tx:
        assert (await outbox.pending(tx)).lanes[Lane.PUSH].oldest_due == MORNING + 5 * DAY
    await run(db, NIGHT)
    assert await arrivals(db, NIGHT) == []
    await run(db, MORNING)
    assert sorted(await arrivals(db, MORNING)) == [["One"], ["Two"], ["Two"]]


async def test_a_clock_set_back_is_mended_in_steps(db: Database) -> None:
    for chat_id in range(1, 26):
        await follow(db, chat_id, "", "daily 08:00", now=NOON)
    await run(db, NOON + 9 * DAY)
    steps = []
    while True:
        async with db.write() as tx:
            steps.append(await outbox.run_schedules(tx, now=NOON, limit=10))
        if not steps[-1]:
            break
    assert steps == [10, 10, 5, 0]
    await publish(db, "One", now=NOON)
    await run(db, at("2024-05-02T08:00"))
    assert await arrivals(db, at("2024-05-02T08:00")) == [["One"]] * 25
