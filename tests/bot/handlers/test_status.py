import asyncio

from bot.messages.status import SHOWN
from tests.bot.world import World, links, sending


async def test_it_tells_what_there_is_and_what_the_chat_follows(world: World) -> None:
    slug = await world.publish("Boats at night", "Trucks by day")
    for number in range(SHOWN + 1):
        await world.say(42, f"/subscribe boats{number}")
    text = (shown := await world.say(42, "/status"))["text"]
    assert "2 items; the newest is of 3 Jan 2020:\nTrucks by day" in text
    assert f"https://news.example/items/{slug}" in links(shown)
    assert "This chat follows\n• “boats0”\n" in text
    assert "… and 1 more" in text
    assert "Paused" not in text
    await world.say(42, "/pause")
    assert "Paused until you resume: /resume" in (await world.say(42, "/status"))["text"]


async def test_a_new_chat_and_an_empty_store(world: World) -> None:
    text = (await world.say(42, "/status"))["text"]
    assert "There are no items yet." in text
    assert "This chat follows nothing: /subscribe" in text


async def test_it_tells_whether_anybody_sends(world: World) -> None:
    assert "nothing new is sent at the moment" in (await world.say(42, "/status"))["text"]
    async with sending(world) as dispatcher:
        await world.publish("Boats at night")
        async with asyncio.timeout(10):
            while "At work" not in (await world.say(42, "/status"))["text"]:
                assert dispatcher.failure is None
    assert "nothing new is sent at the moment" in (await world.say(42, "/status"))["text"]
