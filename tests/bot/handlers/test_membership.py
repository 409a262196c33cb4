import inspect

import pytest
from telegram import ChatMemberRestricted

from bot.application import process_update
from domain.model import ChatState
from storage import chats, subscriptions
from tests.bot.world import World, sending


async def state(world: World, chat_id: int) -> ChatState | None:
    async with world.services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
    return chat.state if chat else None


async def until_state(world: World, chat_id: int, wanted: ChatState | None) -> None:
    for _ in range(200):
        if await state(world, chat_id) is wanted:
            return
        await world.say(1, "/help")
    raise AssertionError(f"the chat is {await state(world, chat_id)}")


async def test_a_chat_that_blocks_the_bot_is_left_alone_until_it_is_back(world: World) -> None:
    await world.say(42, "/subscribe boats")
    world.sandbox.block(42)
    await until_state(world, 42, ChatState.GONE)
    await world.publish("Boats in vain")
    assert await world.dispatcher("test").run_once() == 0
    async with sending(world):
        world.sandbox.unblock(42)
        await until_state(world, 42, ChatState.ACTIVE)
        await world.publish("Boats again")
        await world.sandbox.wait_for(lambda: "Boats again" in world.texts(42)[-1])
    assert not any("in vain" in text for text in world.texts(42))


async def test_a_stranger_who_blocks_the_bot_is_not_taken_in(world: World) -> None:
    world.sandbox.block(77)
    await world.say(1, "/start")
    assert await state(world, 77) is None


async def test_a_group_that_gets_a_new_id_keeps_what_it_follows(world: World) -> None:
    await world.say(-50, "/subscribe boats")
    world.sandbox.migrate(-50, -1_000_000_000_050)
    await until_state(world, -1_000_000_000_050, ChatState.ACTIVE)
    assert await state(world, -50) is None
    async with world.services.db.read() as tx:
        moved = await subscriptions.of_chat(tx, -1_000_000_000_050)
    assert [one.query for one in moved] == ["boats"]


@pytest.mark.parametrize("is_member", [True, False])
async def test_a_restricted_bot_is_out_only_when_it_is_no_member(
    world: World, is_member: bool
) -> None:
    await world.say(-50, "/subscribe boats")
    parameters = inspect.signature(ChatMemberRestricted).parameters
    rights = {name: False for name in parameters if name.startswith("can_")}
    bot = {"id": 1000000001, "is_bot": True, "first_name": "Topicwire"}
    member = {"user": bot, "status": "restricted", "is_member": is_member, "until_date": 0}
    change = {
        "chat": {"id": -50, "type": "group", "title": "Group"},
        "from": {"id": 50, "is_bot": False, "first_name": "Ada"},
        "date": 0,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": member | rights,
    }
    await process_update(world.application, {"update_id": 1, "my_chat_member": change})
    await until_state(world, -50, ChatState.ACTIVE if is_member else ChatState.GONE)
