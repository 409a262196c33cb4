import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.delivery import dispatcher as module
from bot.delivery import role
from bot.sandbox import UNLIMITED
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Refuse, Slow
from bot.services import BotServices
from domain.delivery import LEASE
from domain.model import Lane
from storage import leases, outbox
from storage.database import Database
from tests.bot.world import World, running, sending


async def waiting(world: World) -> int:
    async with world.services.db.read() as tx:
        return (await outbox.pending(tx)).total


def pushes(world: World, chat_id: int, word: str) -> int:
    return sum(word in sent.text and sent.chat_id == chat_id for sent in world.sandbox.sent)


async def test_an_item_reaches_a_chat_once_though_two_of_its_subscriptions_match(
    store_url: str,
) -> None:
    async with running(store_url) as world:
        await _publish_to_two_subscriptions(world)


async def _publish_to_two_subscriptions(world: World) -> None:
    await world.say(42, "/subscribe boats")
    await world.say(42, "/subscribe night")
    await world.say(7, "/subscribe cars")
    slug = await world.publish("Boats at night")
    assert await world.dispatcher().run_once() == 1
    assert pushes(world, 42, "Boats at night") == 1
    assert pushes(world, 7, "Boats at night") == 0
    pushed = world.from_bot(42)[-1]
    assert pushed["entities"][0]["type"] in {"bold", "text_link"}
    assert any(one.get("url") == f"https://news.example/items/{slug}" for one in pushed["entities"])
    assert await world.dispatcher("again").run_once() == 0


async def test_what_another_process_publishes_arrives_within_two_seconds(
    world: World, sqlite_url: str
) -> None:
    await world.say(42, "/subscribe boats")
    async with sending(world):
        await asyncio.sleep(0.2)
        other = Database(sqlite_url)
        mine, world.services = world.services, _with_db(world, other)
        started = asyncio.get_running_loop().time()
        await world.publish("Boats from elsewhere")
        world.services = mine
        await world.sandbox.wait_for(lambda: pushes(world, 42, "Boats from elsewhere"), 2)
        assert asyncio.get_running_loop().time() - started < 2
        await other.dispose()


async def test_a_nudge_wakes_the_sender_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 30)
    await world.say(42, "/subscribe boats")
    async with sending(world):
        await asyncio.sleep(0.2)
        await world.publish("Boats now")
        world.services.nudge()
        await world.sandbox.wait_for(lambda: pushes(world, 42, "Boats now"), 1)


async def test_a_defect_of_fan_outs_or_edits_stops_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> int:
        raise RuntimeError("with a query in it")

    await world.say(42, "/subscribe boats")
    await world.publish("Boats that wait")
    await world.dispatcher().run_once()
    with structlog.testing.capture_logs() as logs, monkeypatch.context() as patch:
        patch.setattr("storage.outbox.any_fanout", broken)
        patch.setattr("storage.outbox.next_edits", broken)
        async with sending(world):
            await world.say(42, "/help")
            await asyncio.sleep(1.2)
    failed = [line for line in logs if line["log_level"] == "error"]
    assert {line["event"] for line in failed} == {"a fan-out failed", "edits failed"}
    assert len(failed) >= 4, "each tries again"
    assert "query" not in str(failed)
    await world.publish("Boats afterwards")
    async with sending(world):
        await world.sandbox.wait_for(lambda: pushes(world, 42, "Boats afterwards"))


async def test_a_daily_digest_comes_once_a_day_at_its_time(world: World) -> None:
    world.clock.set(datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
    await world.say(42, "/subscribe boats daily 08:00")
    await world.publish("First boats", "Second boats", topics=("migrant-smuggling",))
    await world.publish("Boats of no topic")
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 0
    world.clock.set(datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC))
    await world.tick()
    assert await dispatcher.run_once() == 1
    digest = world.texts(42)[-1]
    assert digest.startswith("Your digest: “boats”")
    assert digest.index("Second boats") < digest.index("First boats")
    assert digest.index("First boats") < digest.index("Other news\n• Boats of no topic")
    assert await dispatcher.run_once() == 0
    world.clock.set(datetime(2026, 3, 3, 8, 0, 1, tzinfo=UTC))
    await world.tick()
    assert await dispatcher.run_once() == 0, "nothing new means no message"
    await world.publish("Third boats")
    world.clock.set(datetime(2026, 3, 6, 12, 0, tzinfo=UTC))
    assert await world.tick() == 0, "an item that came in time is on its way"
    assert await dispatcher.run_once() == 0
    await world.tick()
    assert await dispatcher.run_once() == 1
    assert dispatcher.tally[Lane.DIGEST, "sent"] == 2


async def test_a_long_digest_goes_out_in_several_messages(sqlite_url: str) -> None:
    async with running(sqlite_url, limits=UNLIMITED) as world:
        world.clock.set(datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
        await world.say(42, "/subscribe boats daily 08:00")
        await world.publish(
            *(f"Boats number {number} " + "and more of them " * 9 for number in range(40))
        )
        assert await world.dispatcher().run_once() == 0
        world.clock.set(datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC))
        await world.tick()
        before = len(world.texts(42))
        assert await world.dispatcher().run_once() == 1
        parts = world.texts(42)[before:]
    assert len(parts) == 2
    assert sum(part.count("• ") for part in parts) == 40


async def test_a_stop_finishes_what_is_in_flight_and_gives_the_role_up(world: World) -> None:
    for chat_id in range(1, 21):
        await world.say(chat_id, "/subscribe boats")
    world.sandbox.faults.add(Slow(0.3), method="sendMessage")
    halt = asyncio.Event()
    running_ = asyncio.create_task(world.dispatcher().run(halt))
    await world.publish("Boats")
    world.services.nudge()
    await world.sandbox.wait_for(lambda: pushes(world, 1, "Boats"))
    halt.set()
    await asyncio.wait_for(running_, 5)
    sent = sum(sent.text.startswith("Boats") for sent in world.sandbox.sent)
    assert 0 < sent < 20
    assert await waiting(world) == 20 - sent
    async with world.services.db.read() as tx:
        assert await leases.holder(tx, leases.SENDER, now=world.clock()) is None
    world.sandbox.faults.clear()
    assert await world.dispatcher("next").run_once() == 20 - sent
    for chat_id in range(1, 21):
        assert pushes(world, chat_id, "Boats") == 1


async def test_after_a_kill_what_was_in_flight_is_sent_again(world: World) -> None:
    await world.say(42, "/subscribe boats")
    world.sandbox.faults.add(Slow(5), method="sendMessage", times=1)
    await world.publish("Boats")
    killed = asyncio.create_task(world.dispatcher("killed").run(asyncio.Event()))
    await world.sandbox.wait_for(lambda: pushes(world, 42, "Boats"))
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    after = world.dispatcher("after")
    assert await after.run_once() == 0, "the role is the killed one's until its term ends"
    world.clock.shift += role.TERM + timedelta(seconds=1)
    assert await after.run_once() == 1
    assert pushes(world, 42, "Boats") == 2, "one in flight, so one duplicate"
    assert await waiting(world) == 0


async def test_only_one_of_two_dispatchers_sends(world: World) -> None:
    await world.say(42, "/subscribe boats")
    first, second = world.dispatcher("first"), world.dispatcher("second")
    assert await first.run_once() == 0
    await world.publish("Boats")
    assert await second.run_once() == 0
    assert await first.run_once() == 1
    world.clock.shift += role.TERM * 2
    await world.publish("More boats")
    assert await second.run_once() == 1
    await world.publish("Yet more boats")
    world.clock.shift += timedelta(seconds=2)
    assert await first.run_once() == 0


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [(401, "Unauthorized", "token"), (409, "Conflict: terminated", "another program")],
)
async def test_a_refused_bot_stops_the_sender_and_loses_nothing(
    world: World, code: int, text: str, why: str
) -> None:
    await world.say(42, "/subscribe boats")
    await world.publish("Boats")
    world.sandbox.faults.add(Refuse(ApiError(code, text)), method="sendMessage")
    dispatcher = world.dispatcher()
    await asyncio.wait_for(dispatcher.run(asyncio.Event()), 5)
    assert dispatcher.failure is not None
    assert why in dispatcher.failure
    assert await dispatcher.run_once() == 0
    world.sandbox.faults.clear()
    assert await world.dispatcher("next").run_once() == 1


async def test_a_store_held_by_another_process_loses_nothing(world: World, sqlite_url: str) -> None:
    await world.say(42, "/subscribe boats")
    await world.publish("Boats")
    world.sandbox.faults.add(Slow(0.3), method="sendMessage")
    quick = Database(sqlite_url, busy_timeout=0.05)
    services = _with_db(world, quick)
    dispatcher = module.Dispatcher(services, world.application.bot)
    halt = asyncio.Event()
    task = asyncio.create_task(dispatcher.run(halt))
    await world.sandbox.wait_for(lambda: pushes(world, 42, "Boats"))
    async with world.services.db.write():
        await asyncio.sleep(1.5)
    await asyncio.sleep(1)
    halt.set()
    await asyncio.wait_for(task, 5)
    await quick.dispose()
    assert pushes(world, 42, "Boats") == 1
    assert await waiting(world) == 0


async def test_a_store_held_too_long_means_one_more_copy_and_no_loss(
    world: World, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.say(42, "/subscribe boats")
    await world.publish("Boats")
    world.sandbox.faults.add(Slow(0.3), method="sendMessage", times=1)
    quick = Database(sqlite_url, busy_timeout=0.05)
    dispatcher = module.Dispatcher(_with_db(world, quick), world.application.bot)
    monkeypatch.setattr("bot.delivery.settler.LEASE", timedelta(seconds=0.5))
    once = asyncio.create_task(dispatcher.run_once())
    await world.sandbox.wait_for(lambda: pushes(world, 42, "Boats"))
    with structlog.testing.capture_logs() as logs:
        async with world.services.db.write():
            await once
    assert {"event": "not settled", "error": "TimeoutError", "log_level": "error"} in logs
    world.clock.shift += LEASE
    await dispatcher.run_once()
    assert pushes(world, 42, "Boats") == 2
    assert await waiting(world) == 0
    await quick.dispose()


async def test_a_send_ends_before_its_claim_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.say(42, "/subscribe boats")
    await world.publish("Boats")
    monkeypatch.setattr("bot.delivery.sender.LONGEST_SEND", timedelta(seconds=0.2))
    world.sandbox.faults.add(Slow(1), method="sendMessage", times=1)
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 1
    assert dispatcher.tally[Lane.PUSH, "ambiguous"] == 1


def _with_db(world: World, db: Database) -> BotServices:
    return replace(world.services, db=db)
