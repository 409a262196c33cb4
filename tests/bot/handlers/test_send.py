"""Answers when Telegram refuses some of it."""

import pytest
import structlog
from telegram import Chat, Message, MessageEntity, User

from bot.application import process_update
from bot.handlers.registry import addressed
from bot.messages.callbacks import ShowSubscriptions, encode
from bot.sandbox import faults
from bot.sandbox.errors import bad_request
from tests.bot.support import NOW
from tests.bot.world import World, eventually, links

UNPARSABLE = faults.Refuse(bad_request("can't parse entities: unsupported start tag"))


async def test_a_reply_whose_html_is_refused_comes_as_plain_text(world: World) -> None:
    slug = await world.publish("Boats at night")
    world.sandbox.faults.add(UNPARSABLE, method="sendMessage", times=1)
    answer = await world.say(42, "boats")
    assert f"Boats at night (https://news.example/items/{slug})" in answer["text"]
    assert links(answer) == []


async def test_a_reply_refused_twice_is_an_error_with_an_apology(world: World) -> None:
    world.sandbox.faults.add(UNPARSABLE, method="sendMessage", times=2)
    answer = await world.say(42, "/help")
    assert answer["text"].startswith("Sorry")


async def test_an_edit_that_is_refused_comes_as_a_new_message(world: World) -> None:
    shown = await world.say(42, "/help")
    world.sandbox.faults.add(UNPARSABLE, method="editMessageText", times=1)
    _, below = await world.press_data(42, shown["message_id"], encode(ShowSubscriptions()))
    assert below["message_id"] != shown["message_id"]
    assert below["text"] == "You follow nothing yet."


async def test_a_press_answered_too_late_is_no_error(world: World) -> None:
    world.sandbox.presses._lifetime = -1
    shown = await world.say(42, "/help")
    world.sandbox.press(42, shown["message_id"], encode(ShowSubscriptions()))
    await eventually(lambda: world.sandbox.calls["answercallbackquery", 400])
    assert world.texts(42) == ["You follow nothing yet."]


async def test_a_press_whose_answer_is_refused_is_logged(world: World) -> None:
    shown = await world.say(42, "/help")
    refused = faults.Refuse(bad_request("something never seen"))
    world.sandbox.faults.add(refused, method="answerCallbackQuery", times=1)
    with structlog.testing.capture_logs() as logs:
        world.sandbox.press(42, shown["message_id"], encode(ShowSubscriptions()))
        await eventually(lambda: logs)
    assert [(line["event"], line["error"]) for line in logs] == [("update failed", "BadRequest")]


async def test_a_press_without_a_message_is_answered(world: World) -> None:
    question = world.sandbox.presses.ask(42, world.sandbox.clock())
    press = {
        "id": question.id,
        "from": {"id": 42, "is_bot": False, "first_name": "Ada"},
        "chat_instance": "42",
        "inline_message_id": "7",
        "data": encode(ShowSubscriptions()),
    }
    await process_update(world.application, {"update_id": 1, "callback_query": press})
    await eventually(lambda: question.answer)
    assert "no longer works" in str(question.answer)


@pytest.mark.parametrize(
    ("reply_to", "text", "said"),
    [
        (None, "boats", None),
        (7, "boats", None),
        (1000000001, "boats", "boats"),
        (None, "hey @Topicwire_Sandbox_Bot boats", "hey   boats"),
        (None, "hey @somebody boats", None),
    ],
)
async def test_what_is_said_to_the_bot_in_a_group(
    world: World, reply_to: int | None, text: str, said: str | None
) -> None:
    group = Chat(-50, Chat.GROUP)
    at = text.find("@")
    mention = [MessageEntity("mention", at, len(text[at:].split(maxsplit=1)[0]))] if at >= 0 else []
    answered = None
    if reply_to:
        answered = Message(1, NOW, group, from_user=User(reply_to, "x", is_bot=True))
    message = Message(2, NOW, group, text=text, entities=mention, reply_to_message=answered)
    assert addressed(message, world.application.bot) == said
