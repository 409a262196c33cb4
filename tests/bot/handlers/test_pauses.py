from datetime import UTC, datetime, timedelta

from storage import subscriptions
from tests.bot.world import World, labels

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def follow(world: World, *queries: str) -> list[int]:
    world.clock.set(MONDAY)
    for query in queries:
        await world.say(42, f"/subscribe {query}")
    async with world.services.db.read() as tx:
        return [one.id for one in await subscriptions.of_chat(tx, 42)]


async def send(world: World) -> int:
    """Do all that is due: what is on its way, then the clock's, then what that made."""
    dispatcher = world.dispatcher()
    sent = await dispatcher.run_once()
    await world.tick()
    return sent + await dispatcher.run_once()


async def test_a_pause_for_some_days_ends_with_one_digest(world: World) -> None:
    await follow(world, "boats")
    answer = await world.say(42, "/pause 3d")
    assert answer["text"].startswith("Paused until 5 Mar 2026, 09:0")
    await world.publish("Boats one", "Boats two")
    assert await send(world) == 0
    world.clock.set(MONDAY + timedelta(days=3, seconds=30))
    assert await send(world) == 1
    digest = world.texts(42)[-1]
    assert digest.startswith("What you missed\n\nOther news\n• Boats two")
    assert "Boats one" in digest
    assert digest.endswith("Full list")
    await world.publish("Boats three")
    assert await send(world) == 1
    assert world.texts(42)[-1].startswith("Boats three")


async def test_a_pause_lasts_until_resumed_and_its_end_can_be_chosen(world: World) -> None:
    await follow(world, "boats")
    answer = await world.say(42, "/pause")
    assert answer["text"].startswith("Paused until you resume. I send you nothing")
    _, answer = await world.press(42, "1 week")
    assert answer["text"].startswith("Paused until 9 Mar 2026")
    assert "Paused until 9 Mar 2026" in (await world.say(42, "/settings"))["text"]
    await world.publish("Boats one")
    toast, answer = await world.press(42, "Resume")
    assert toast == "Resumed"
    assert "I write to you again" in answer["text"]
    assert await send(world) == 1
    assert "Boats one" in world.texts(42)[-1]


async def test_until_a_day_in_the_chats_own_zone(world: World) -> None:
    await follow(world, "boats")
    await world.say(42, "/timezone Vienna")
    answer = await world.say(42, "/pause until 2026-12-24")
    assert answer["text"].startswith("Paused until 24 Dec 2026, 00:00.")
    assert "I cannot read this" in (await world.say(42, "/pause until 2020-01-01"))["text"]


async def test_one_subscription_pauses_alone(world: World) -> None:
    boats, _ = await follow(world, "boats", "cars")
    answer = await world.say(42, "/pause boats 2d")
    assert answer["text"].startswith("“boats”\nPaused until 4 Mar 2026")
    listed = await world.say(42, "/subscriptions")
    assert "Paused until 4 Mar 2026" in listed["text"]
    assert labels(listed).count("▶ Resume") == 1
    await world.publish("Boats", "Cars")
    assert await send(world) == 1
    assert world.texts(42)[-1].startswith("Cars")
    _, answer = await world.press_data(42, listed["message_id"], f"r:{boats}")
    assert "“boats” goes on" in world.texts(42)[-2] or "“boats” goes on" in answer["text"]
    assert await send(world) == 1
    assert world.texts(42)[-1].startswith("Your digest: “boats”")
    assert "You do not follow" in (await world.say(42, "/pause trains"))["text"]
    assert "You do not follow" in (await world.say(42, "/resume trains"))["text"]
    assert "I cannot read this query" in (await world.say(42, '/pause "boats'))["text"]
    assert "I cannot read this query" in (await world.say(42, '/resume "boats'))["text"]


async def test_resume_ends_every_pause(world: World) -> None:
    await follow(world, "boats", "cars")
    await world.say(42, "/pause boats")
    await world.say(42, "/pause")
    await world.say(42, "/resume")
    listed = await world.say(42, "/subscriptions")
    assert "Paused" not in listed["text"]
    await world.press(42, "⏸ Pause")
    answer = await world.say(42, "/resume boats")
    assert "“boats” goes on" in answer["text"]


async def test_start_ends_a_pause_too(world: World) -> None:
    await follow(world, "boats")
    await world.say(42, "/pause")
    await world.say(42, "/start")
    await world.publish("Boats one")
    assert await send(world) == 1
