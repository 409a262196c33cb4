from domain.deeplinks import start_payload
from domain.model import ChatState
from storage import chats
from tests.bot.world import World, labels, links


async def state(world: World, chat_id: int) -> ChatState | None:
    async with world.services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
    return chat.state if chat else None


async def test_start_welcomes_and_takes_the_chat_in(world: World) -> None:
    answer = await world.say(42, "/start")
    assert answer["text"].startswith("Welcome.")
    assert labels(answer) == ["Topics", "Latest", "My subscriptions"]
    assert await state(world, 42) is ChatState.ACTIVE


async def test_start_brings_a_paused_or_gone_chat_back(world: World) -> None:
    await world.say(42, "/start")
    for away in (ChatState.PAUSED, ChatState.GONE):
        async with world.services.db.write() as tx:
            await chats.set_state(tx, 42, away, "test", world.clock())
        await world.say(42, "/start")
        assert await state(world, 42) is ChatState.ACTIVE


async def test_a_link_opens_a_topic(world: World) -> None:
    slug = await world.publish("Boats at night", topics=("migrant-smuggling",))
    answer = await world.say(42, "/start migrant-smuggling")
    assert "topic: " in answer["text"]
    assert f"https://news.example/items/{slug}" in links(answer)
    assert "All topics" in labels(answer)


async def test_a_link_opens_a_query(world: World) -> None:
    await world.publish("Boats at night")
    payload = start_payload("boats")
    answer = await world.say(42, f"/start {payload}")
    assert "Boats at night" in answer["text"]


async def test_a_dead_link_says_so_and_the_chat_is_taken_in(world: World) -> None:
    for payload in ("NO/THING", "q_!!", "no-such-topic"):
        answer = await world.say(42, f"/start {payload}")
        assert "opens nothing" in answer["text"]
        assert "Topics" in labels(answer)
    assert await state(world, 42) is ChatState.ACTIVE


async def test_help_says_how_to_ask(world: World) -> None:
    answer = await world.say(42, "/help")
    assert "/subscribe" in answer["text"]
    assert "country:ng" in answer["text"]


async def test_an_unknown_command_is_answered(world: World) -> None:
    answer = await world.say(42, "/makecoffee")
    assert "/help" in answer["text"]
