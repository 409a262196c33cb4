"""Messages that tell of a changed item, edited over the sandbox."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.editor import TRIES, Editor
from bot.sandbox import faults
from bot.sandbox.errors import bad_request
from domain.model import ChatState, Draft
from seeds.data import load_classifier
from storage import chats
from storage.correction import correct
from tests.bot.world import World, eventually, sending


async def told(world: World, *chat_ids: int) -> str:
    """Push an item to chats, and return its slug."""
    for chat_id in chat_ids:
        await world.say(chat_id, "/subscribe boats")
    slug = await world.publish("Four boats stopped")
    assert await world.dispatcher().run_once() == len(chat_ids)
    return slug


async def change(world: World, slug: str, title: str) -> None:
    async with world.services.db.write() as tx:
        await correct(tx, slug, Draft(title=title), classifier=load_classifier(), now=world.clock())


async def edit_all(world: World) -> int:
    editor = Editor(world.services, world.application.bot)
    while await editor.step():
        pass
    return editor.done


def last(world: World, chat_id: int) -> str:
    return str(world.texts(chat_id)[-1])


async def test_the_message_says_what_the_item_says_now(world: World) -> None:
    slug = await told(world, 42, 43)
    before = len(world.sandbox.sent)
    await change(world, slug, "Five boats stopped")
    assert await edit_all(world) == 2
    for chat_id in (42, 43):
        assert last(world, chat_id).startswith("Five boats stopped")
    assert len(world.sandbox.sent) == before
    assert await edit_all(world) == 0


async def test_the_sender_edits_while_it_has_nothing_to_send(world: World) -> None:
    slug = await told(world, 42)
    async with sending(world):
        await change(world, slug, "Five boats stopped")
        await eventually(lambda: last(world, 42).startswith("Five"))


@pytest.mark.parametrize(
    "text",
    ["message to edit not found", "message can't be edited", "message is not modified: x", "?"],
)
async def test_what_cannot_be_edited_is_let_be(world: World, text: str) -> None:
    slug = await told(world, 42, 43)
    world.sandbox.faults.add(
        faults.Refuse(bad_request(text)), method="editMessageText", chat_id=42, times=1
    )
    await change(world, slug, "Five boats stopped")
    await edit_all(world)
    assert last(world, 42).startswith("Four")
    assert last(world, 43).startswith("Five")


async def test_a_chat_that_is_gone_is_noted(world: World) -> None:
    slug = await told(world, 42)
    world.sandbox.faults.add(faults.BLOCKED, method="editMessageText", times=1)
    await change(world, slug, "Five boats stopped")
    assert await edit_all(world) == 0
    async with world.services.db.read() as tx:
        chat = await chats.get(tx, 42)
    assert chat is not None
    assert chat.state is ChatState.GONE


async def test_after_a_refusal_the_rest_comes_later(world: World) -> None:
    slug = await told(world, 42, 43)
    world.sandbox.faults.add(faults.throttled(1), method="editMessageText", chat_id=43, times=1)
    await change(world, slug, "Five boats stopped")
    assert await edit_all(world) == 1
    assert last(world, 43).startswith("Four")
    await asyncio.sleep(1.1)
    world.clock.shift += timedelta(seconds=6)
    assert await edit_all(world) == 1
    assert last(world, 43).startswith("Five")


async def test_what_never_gets_through_is_given_up(world: World) -> None:
    slug = await told(world, 42, 43)
    world.sandbox.faults.add(faults.SERVER_ERROR, method="editMessageText", chat_id=42)
    await change(world, slug, "Five boats stopped")
    for _ in range(TRIES + 1):
        await edit_all(world)
        world.clock.shift += timedelta(minutes=20)
    assert last(world, 42).startswith("Four")
    assert last(world, 43).startswith("Five")
    assert not await Editor(world.services, world.application.bot).step()
