"""The clock from end to end: real store and bot, two processes, and a clock that jumps."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.role import TERM
from bot.delivery.schedules import Schedules
from bot.sandbox import UNLIMITED
from bot.sandbox.faults import Slow
from domain.model import Lane
from domain.schedule import next_due, parse_schedule
from storage import mydata, outbox
from storage.database import Database
from tests.bot.world import World, running

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = {
    11: "Europe/Vienna",
    12: "America/New_York",
    13: "Australia/Lord_Howe",
    14: "Africa/Casablanca",
    15: "Asia/Kathmandu",
    16: "Pacific/Auckland",
}


@asynccontextmanager
async def two_processes(world: World, url: str) -> AsyncIterator[list[Schedules]]:
    """Two processes' ticks over one store, on connections of their own."""
    other = Database(url)
    try:
        yield [Schedules(world.services), Schedules(replace(world.services, db=other))]
    finally:
        await other.dispose()


async def step(world: World, ticks: list[Schedules], now: datetime, title: str) -> None:
    """Let a clock show a time: an item comes, both processes tick at once, all is sent."""
    world.clock.set(now)
    await world.publish(title)
    dispatcher = world.dispatcher()
    await dispatcher.run_once()
    await asyncio.gather(*(one.tick() for one in ticks))
    await dispatcher.run_once()


def digests(world: World, chat_id: int) -> list[str]:
    return [text for text in world.texts(chat_id) if text.startswith("Your digest")]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("start", ["2024-03-29T20:00", "2024-10-25T20:00"])
async def test_one_digest_a_day_over_changes_of_clocks_stops_and_jumps(
    store_url: str, start: str
) -> None:
    """Six zones over both changes of the clocks; 26 hours down; set ahead, and back again."""
    now = datetime.fromisoformat(start).replace(tzinfo=UTC)
    async with (
        running(store_url, limits=UNLIMITED) as world,
        two_processes(world, store_url) as two,
    ):
        world.clock.set(now)
        for chat_id, zone in ZONES.items():
            await world.say(chat_id, "/subscribe boats daily 02:30")
            await world.say(chat_id, f"/timezone {zone}")
        titles: list[str] = []
        passed: dict[int, set[datetime]] = {chat_id: set() for chat_id in ZONES}
        steps = [*[6 * HOUR] * 12, 26 * HOUR, *[6 * HOUR] * 4, 3 * DAY, -3 * DAY, *[6 * HOUR] * 9]
        for number, jump in enumerate(steps):
            before, now = now, now + jump
            titles.append(f"Boats number {number:03}")
            await step(world, two, now, titles[-1])
            if timedelta(0) < jump < DAY:
                for chat_id, zone in ZONES.items():
                    due = next_due(parse_schedule("daily 02:30"), zone, before)
                    passed[chat_id] |= {due} if due is not None and due <= now else set()
        for chat_id in ZONES:
            async with world.services.db.read() as tx:
                kept = await mydata.export(tx, chat_id)
            assert kept is not None
            periods = [datetime.fromisoformat(one["period"]) for one in kept["digest"]]
            assert len(periods) == len(set(periods)) == len(digests(world, chat_id))
            assert passed[chat_id] <= set(periods), "each time that the clock passed had its own"
            assert len(periods) <= len(passed[chat_id]) + 2, "the stop and the leap had one each"
            told = digests(world, chat_id)
            lines = Counter(line for text in told for line in text.splitlines() if "•" in line)
            assert max(lines.values()) == 1, "no item is told twice"
            assert len(lines) >= len(titles) - 5, "all but those of the last hours are told"


@pytest.mark.timeout(120)
async def test_a_restart_and_a_tick_in_two_processes_make_one_digest(store_url: str) -> None:
    async with (
        running(store_url, limits=UNLIMITED) as world,
        two_processes(world, store_url) as two,
    ):
        world.clock.set(datetime(2026, 3, 2, 7, tzinfo=UTC))
        for chat_id in range(1, 31):
            await world.say(chat_id, "/subscribe boats hourly")
        for hour in (8, 9, 10):
            await world.publish(f"Boats at {hour}")
            await world.dispatcher().run_once()
            world.clock.set(datetime(2026, 3, 2, hour, 0, 1, tzinfo=UTC))
            done = await asyncio.gather(*(one.tick() for one in two), *(one.tick() for one in two))
            assert sum(done) == 30
            await world.dispatcher().run_once()
        for chat_id in range(1, 31):
            assert len(digests(world, chat_id)) == 3


async def test_a_digest_goes_on_behind_what_was_sent_when_its_sender_was_killed(
    sqlite_url: str,
) -> None:
    async with running(sqlite_url, limits=UNLIMITED) as world:
        world.clock.set(datetime(2026, 3, 2, 7, tzinfo=UTC))
        await world.say(42, "/subscribe boats daily 08:00")
        await world.publish(*(f"Boats {number:03} " + "and more " * 11 for number in range(120)))
        assert await world.dispatcher().run_once() == 0
        world.clock.set(datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC))
        await world.tick()
        before = len(world.texts(42))
        world.sandbox.faults.add(Slow(0.0), method="sendMessage", times=2)
        world.sandbox.faults.add(Slow(30), method="sendMessage", times=1)
        killed = asyncio.create_task(world.dispatcher("killed").run(asyncio.Event()))
        await world.sandbox.wait_for(lambda: len(world.texts(42)) == before + 3, 20)
        killed.cancel()
        await asyncio.gather(killed, return_exceptions=True)
        world.sandbox.faults.clear()
        world.clock.shift += TERM + timedelta(seconds=61)
        after = world.dispatcher("after")
        await after.run_once()
        parts = world.texts(42)[before:]
        assert after.tally[Lane.DIGEST, "sent"] == 1
        assert parts[3].startswith("Your digest: “boats” (continued)")
        told = Counter(
            line[:11] for part in parts for line in part.splitlines() if line.startswith("• ")
        )
        again = {line for line, count in told.items() if count > 1}
        third = {line[:11] for line in parts[2].splitlines() if line.startswith("• ")}
        assert again == third, "only the message that was in flight came twice"
        assert max(told.values()) == 2
        async with world.services.db.read() as tx:
            assert (await outbox.pending(tx)).total == 0


async def test_quiet_hours_and_urgent_items_in_the_chat(world: World) -> None:
    world.clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    await world.say(42, "/subscribe boats")
    await world.say(42, "/settings quiet 22:00-07:00")
    await world.tick()
    world.clock.set(datetime(2026, 3, 2, 23, tzinfo=UTC))
    await world.tick()
    await world.publish("Boats asleep")
    await world.publish("Boats in distress", urgent=True)
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 1
    assert world.texts(42)[-1].startswith("Boats in distress")
    world.clock.set(datetime(2026, 3, 3, 7, 0, 1, tzinfo=UTC))
    assert await dispatcher.run_once() == 1
    assert world.texts(42)[-1].startswith("Boats asleep")


async def test_an_empty_digest_is_told_where_it_was_asked_for(world: World) -> None:
    world.clock.set(datetime(2026, 3, 2, 7, tzinfo=UTC))
    await world.say(42, "/subscribe boats daily 08:00")
    await world.say(42, "/settings empty on")
    world.clock.set(datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC))
    await world.tick()
    assert await world.dispatcher().run_once() == 1
    assert world.texts(42)[-1] == "Your digest: “boats”\n\nNothing new."


async def test_the_full_list_is_the_page_of_the_query_and_its_days(world: World) -> None:
    world.clock.set(datetime(2026, 3, 2, 7, tzinfo=UTC))
    await world.say(42, "/subscribe boats daily 08:00")
    await world.publish("Boats one", "Boats two")
    await world.dispatcher().run_once()
    world.clock.set(datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC))
    await world.tick()
    await world.dispatcher().run_once()
    last = world.from_bot(42)[-1]
    urls = [one["url"] for one in last["entities"] if one["type"] == "text_link"]
    assert urls[-1] == "https://news.example/search?q=after%3A2020-01-02+before%3A2020-01-04+boats"
