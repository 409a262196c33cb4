"""Each verdict, end to end: the sandbox refuses as Telegram does, the store shows what became."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.sender import Sender
from bot.sandbox import Limits, faults
from bot.sandbox.errors import bad_request, forbidden
from domain.delivery import MAX_ATTEMPTS
from domain.model import ChatState, Lane
from storage import chats, outbox, threads
from tests.bot.world import World, eventually, running, sending


async def one_push(world: World, chat_id: int = 42) -> None:
    await world.say(chat_id, "/subscribe boats")
    await world.publish("Boats <at> night")


async def state(world: World, chat_id: int = 42) -> ChatState | None:
    async with world.services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
    return chat.state if chat else None


async def waiting(world: World) -> int:
    async with world.services.db.read() as tx:
        return (await outbox.pending(tx)).total


def arrived(world: World, chat_id: int = 42) -> int:
    return sum("Boats" in one.text and one.chat_id == chat_id for one in world.sandbox.sent)


@pytest.mark.parametrize(
    "fault",
    [
        faults.BLOCKED,
        faults.DEACTIVATED,
        faults.KICKED,
        faults.NOT_A_MEMBER,
        faults.GROUP_DELETED,
        faults.NO_CONVERSATION,
        faults.CHAT_NOT_FOUND,
        faults.NO_RIGHTS,
    ],
)
async def test_a_chat_that_is_gone_is_paused_and_gets_nothing_more(
    world: World, fault: faults.Refuse
) -> None:
    await one_push(world)
    await world.publish("More boats")
    world.sandbox.faults.add(fault, method="sendMessage", times=1)
    assert await world.dispatcher().run_once() == 1
    assert await state(world) is ChatState.GONE
    assert await waiting(world) == 0
    assert arrived(world) == 0
    await world.say(42, "/start")
    await world.publish("Boats again")
    assert await world.dispatcher().run_once() == 1


async def test_a_chat_that_moved_gets_the_message_at_its_new_id(world: World) -> None:
    await one_push(world, -50)
    world.sandbox.add_chat(-1_000_000_000_050)
    group = world.sandbox.find_chat(-50)
    assert group is not None
    group.migrated_to = -1_000_000_000_050
    assert await world.dispatcher().run_once() == 2
    assert arrived(world, -1_000_000_000_050) == 1
    assert await state(world, -50) is None
    assert await state(world, -1_000_000_000_050) is ChatState.ACTIVE


@pytest.mark.parametrize(
    "fault",
    [
        faults.Refuse(bad_request("can't parse entities: unsupported start tag")),
        faults.Refuse(bad_request("message is too long")),
        faults.Refuse(bad_request("something never seen")),
        faults.Refuse(forbidden("something never seen")),
        faults.THREAD_NOT_FOUND,
    ],
)
async def test_a_poison_message_is_tried_as_plain_text_then_set_aside(
    world: World, fault: faults.Refuse
) -> None:
    await one_push(world)
    world.sandbox.faults.add(fault, method="sendMessage", times=1)
    assert await world.dispatcher().run_once() == 2
    plain = world.from_bot(42)[-1]
    assert "Boats <at> night (https://news.example/items/" in plain["text"]
    assert await waiting(world) == 0

    world.sandbox.faults.add(fault, method="sendMessage", times=2)
    await world.publish("Boats of poison")
    await world.publish("Boats after it")
    assert await world.dispatcher().run_once() == 3
    assert "Boats after it" in world.texts(42)[-1]
    assert not any("poison" in text for text in world.texts(42))
    assert await state(world) is ChatState.ACTIVE
    assert await waiting(world) == 0


async def test_a_throttled_chat_waits_as_long_as_telegram_says(world: World) -> None:
    await one_push(world)
    world.sandbox.faults.add(faults.throttled(1), chat_id=42, method="sendMessage", times=1)
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 1
    assert dispatcher.tally[Lane.PUSH, "throttled"] == 1
    assert await dispatcher.run_once() == 0
    await asyncio.sleep(1.05)
    assert await dispatcher.run_once() == 1
    assert arrived(world) == 1


@pytest.mark.parametrize(
    ("fault", "action", "copies"),
    [
        (faults.SERVER_ERROR, "passing", 1),
        (faults.Broken(502), "passing", 1),
        (faults.Drop(delivered=False), "ambiguous", 1),
        (faults.Drop(delivered=True), "ambiguous", 2),
    ],
)
async def test_a_passing_fault_is_tried_again_later(
    world: World, fault: faults.Fault, action: str, copies: int
) -> None:
    await one_push(world)
    world.sandbox.faults.add(fault, method="sendMessage", times=1)
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 1
    assert dispatcher.tally[Lane.PUSH, action] == 1
    assert await dispatcher.run_once() == 0
    world.clock.shift += timedelta(seconds=3)
    assert await dispatcher.run_once() == 1
    assert arrived(world) == copies
    assert await waiting(world) == 0


async def test_a_message_tried_often_enough_is_set_aside(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.settler.MAX_ATTEMPTS", 3)
    assert MAX_ATTEMPTS > 3
    await one_push(world)
    world.sandbox.faults.add(faults.SERVER_ERROR, method="sendMessage")
    dispatcher = world.dispatcher()
    for _ in range(5):
        await dispatcher.run_once()
        world.clock.shift += timedelta(minutes=10)
    assert dispatcher.tally[Lane.PUSH, "passing"] == 4, "the first may be an outage's"
    assert await waiting(world) == 0
    async with world.services.db.read() as tx:
        assert await outbox.reasons(tx) == {(Lane.PUSH, "network or server error"): 1}
    assert await state(world) is ChatState.ACTIVE


async def test_a_full_group_gets_the_rest_later_without_a_refusal(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.limiter.GROUP_LIMIT", 5)
    async with running(sqlite_url, limits=Limits(group_per_minute=5)) as world:
        await world.say(-50, "/subscribe boats")
        await world.publish(*(f"Boats {number}" for number in range(7)))
        dispatcher = world.dispatcher()
        await dispatcher.run_once()
        assert arrived(world, -50) == 4, "the answer to /subscribe was the first of five"
        assert world.sandbox.calls["sendmessage", 429] == 0
        assert dispatcher.tally[Lane.PUSH, "not_yet"] == 1
        assert await waiting(world) == 3


async def test_a_defect_in_one_message_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await one_push(world)
    monkeypatch.setattr(Sender, "_parts", None)
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 2
    assert dispatcher.tally[Lane.PUSH, "poison"] == 2
    assert await waiting(world) == 0


FORUM = -1_000_000_000_077


async def follow_in_topic(world: World, topic: int) -> None:
    world.sandbox.add_chat(FORUM, threads=frozenset({5, 6}))
    before = len(world.from_bot(FORUM))
    world.sandbox.send_text(FORUM, "/subscribe boats", thread_id=topic)
    await world.sandbox.wait_for(lambda: len(world.from_bot(FORUM)) > before)
    assert world.from_bot(FORUM)[-1]["message_thread_id"] == topic


async def test_what_was_asked_for_in_a_forum_topic_goes_there(world: World) -> None:
    await follow_in_topic(world, 5)
    await world.publish("Boats at night")
    assert await world.dispatcher().run_once() == 1
    assert world.from_bot(FORUM)[-1]["message_thread_id"] == 5


@pytest.mark.parametrize("text", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_a_topic_that_is_gone_is_paused_and_its_messages_go_to_the_chat(
    world: World, text: str
) -> None:
    await follow_in_topic(world, 5)
    world.sandbox.faults.add(
        faults.Refuse(bad_request(text)), chat_id=FORUM, method="sendMessage", times=1
    )
    await world.publish("Boats at night")
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 2
    shown = world.from_bot(FORUM)[-1]
    assert "message_thread_id" not in shown
    assert any(one["type"] == "bold" for one in shown["entities"]), "it is not the text's fault"
    await world.publish("Boats at noon")
    assert await dispatcher.run_once() == 1, "the topic is not asked for again"
    assert "message_thread_id" not in world.from_bot(FORUM)[-1]
    assert await state(world, FORUM) is ChatState.ACTIVE
    await follow_in_topic(world, 5)
    await world.publish("Boats again")
    assert await dispatcher.run_once() == 1
    assert world.from_bot(FORUM)[-1]["message_thread_id"] == 5


async def test_a_topic_that_is_reopened_is_used_again(world: World) -> None:
    await follow_in_topic(world, 5)
    async with world.services.db.write() as tx:
        await threads.pause(tx, FORUM, 5, "topic_closed", world.clock())
    chat = world.sandbox.add_chat(FORUM)
    message = world.sandbox.new_message(chat, sender=chat.user(), thread_id=5)
    message["forum_topic_reopened"] = {}
    world.sandbox.updates.put("message", message)
    await world.say(42, "/topics")
    await world.publish("Boats at night")
    assert await world.dispatcher().run_once() == 1
    assert world.from_bot(FORUM)[-1]["message_thread_id"] == 5


async def test_in_an_outage_all_wait_together_and_no_try_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every chat fails, then a probe, then one message, then all at once: seconds, not minutes."""
    for chat_id in range(1, 21):
        await world.say(chat_id, "/subscribe boats")
    await world.publish("Boats")
    world.sandbox.faults.add(faults.Broken(502), method="sendMessage")
    world.sandbox.faults.add(faults.Broken(502), method="getMe")
    async with sending(world) as dispatcher:
        await eventually(lambda: dispatcher.in_outage)
        await asyncio.sleep(1.5)
        tried = dispatcher.tally[Lane.PUSH, "passing"]
        assert tried <= 8, "no more than were in flight"
        await asyncio.sleep(1)
        assert dispatcher.tally[Lane.PUSH, "passing"] == tried, "only a probe asks"
        world.sandbox.faults.clear()
        await eventually(lambda: dispatcher.tally[Lane.PUSH, "sent"] == 20)
    assert not dispatcher.in_outage
    assert await waiting(world) == 0


async def test_a_rate_above_the_free_one_is_paid_for(sqlite_url: str) -> None:
    limits = Limits(per_second=4, paid_per_second=100)
    async with running(sqlite_url, limits=limits, messages_per_second=100) as world:
        for chat_id in range(1, 4):
            await world.say(chat_id, "/subscribe boats")
        await asyncio.sleep(1)
        for _ in range(3):
            await world.publish("Boats")
        assert await world.dispatcher().run_once() == 9
        assert world.sandbox.calls["sendmessage", 429] == 0
