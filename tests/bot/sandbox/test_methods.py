import json
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS

from .conftest import Call, Clock

BUTTONS = {"inline_keyboard": [[{"text": "Follow", "callback_data": "f:1"}]]}


async def refusal(call: Call, method: str, **values: Any) -> str:
    answer = await call(method, **values)
    assert not answer["ok"]
    return str(answer["description"])


async def test_send_returns_the_message_and_logs_it(
    call: Call, sandbox: Sandbox, clock: Clock
) -> None:
    answer = await call(
        "sendMessage",
        chat_id=42,
        text="<b>New</b>",
        parse_mode="HTML",
        reply_markup=json.dumps(BUTTONS),
        link_preview_options={"is_disabled": True},
        disable_notification=True,
    )
    assert answer["result"] == sandbox.messages(42)[0]
    assert answer["result"] == {
        "message_id": 1,
        "from": sandbox.bot,
        "chat": {"id": 42, "type": "private", "first_name": "Ada", "username": "ada"},
        "date": int(clock.now),
        "text": "New",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "link_preview_options": {"is_disabled": True},
        "reply_markup": BUTTONS,
    }
    (sent,) = sandbox.sent
    assert (sent.chat_id, sent.message_id, sent.text, sent.at) == (42, 1, "New", clock.now)
    assert sent.silent
    assert sent.sequence == sandbox.journal.sequence


async def test_send_is_refused_in_telegrams_words(call: Call, sandbox: Sandbox) -> None:
    sandbox.add_chat(-1001, name="Desk")
    sandbox.block(42)
    sandbox.block(-1001)
    assert await refusal(call, "sendMessage", text="x") == "Bad Request: chat_id is empty"
    for unknown in (7, "@nobody", "x"):
        problem = await refusal(call, "sendMessage", chat_id=unknown, text="x")
        assert problem == "Bad Request: chat not found"
    assert await refusal(call, "sendMessage", chat_id=42, text="x") == (
        "Forbidden: bot was blocked by the user"
    )
    assert await refusal(call, "sendMessage", chat_id=-1001, text="x") == (
        "Forbidden: bot was kicked from the group chat"
    )
    assert await refusal(call, "sendMessage", chat_id=42) == "Bad Request: message text is empty"
    problem = await refusal(call, "sendMessage", chat_id=42, text="x", reply_markup="{")
    assert problem == "Bad Request: can't parse reply keyboard markup JSON object"
    assert not sandbox.sent


async def test_flood_limits_answer_with_retry_after(
    call: Call, sandbox: Sandbox, clock: Clock
) -> None:
    for _ in range(5):
        assert (await call("sendMessage", chat_id=42, text="x"))["ok"]
    assert (await call("sendMessage", chat_id=42, text="x"))["parameters"] == {"retry_after": 1}
    clock.now += 1
    assert (await call("sendMessage", chat_id=42, text="x"))["ok"]
    assert sandbox.calls["sendmessage", 429] == 1


async def test_topics_of_a_forum(call: Call, sandbox: Sandbox) -> None:
    sandbox.add_chat(-1001234567890, name="Desk", threads=frozenset({5}))
    answer = await call("sendMessage", chat_id=-1001234567890, message_thread_id=5, text="x")
    assert answer["result"]["message_thread_id"] == 5
    assert answer["result"]["chat"]["is_forum"]
    for chat_id in (-1001234567890, 42):
        problem = await refusal(call, "sendMessage", chat_id=chat_id, message_thread_id=6, text="x")
        assert problem == "Bad Request: message thread not found"


async def test_ids_run_by_supergroup(call: Call, sandbox: Sandbox) -> None:
    for chat_id in (-1001234567890, -1001234567891, -5, 43):
        sandbox.add_chat(chat_id)
        answer = await call("sendMessage", chat_id=chat_id, text="x")
        assert answer["result"]["message_id"] == (2 if chat_id == 43 else 1)


async def test_given_entities(call: Call) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 1}]
    answer = await call("sendMessage", chat_id=42, text="xy", entities=entities)
    assert answer["result"]["entities"] == entities
    for wrong in ("{}", [1], [{"type": "bold"}]):
        assert "can't parse" in await refusal(
            call, "sendMessage", chat_id=42, text="x", entities=wrong
        )


async def test_edits(call: Call, sandbox: Sandbox) -> None:
    await call("sendMessage", chat_id=42, text="old", reply_markup=BUTTONS)
    place = {"chat_id": 42, "message_id": 1}
    same = await refusal(call, "editMessageText", **place, text="old", reply_markup=BUTTONS)
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    assert (await call("editMessageReplyMarkup", **place))["result"]["text"] == "old"
    assert "reply_markup" not in sandbox.messages(42)[0]
    edited = (await call("editMessageText", **place, text="new"))["result"]
    assert (edited["text"], "edit_date" in edited) == ("new", True)
    assert sandbox.messages(42) == [edited]
    assert [event.kind for event in sandbox.add_chat(42).events] == ["message", "edit", "edit"]
    gone = await refusal(call, "editMessageText", chat_id=42, message_id=9, text="x")
    assert gone == "Bad Request: message to edit not found"
    theirs = sandbox.send_text(42, "hello")
    for method in ("editMessageText", "editMessageReplyMarkup"):
        problem = await refusal(call, method, chat_id=42, message_id=theirs, text="x")
        assert problem == "Bad Request: message can't be edited"


async def test_deletion(call: Call, sandbox: Sandbox, clock: Clock) -> None:
    for _ in range(2):
        await call("sendMessage", chat_id=42, text="x")
    assert (await call("deleteMessage", chat_id=42, message_id=1))["result"] is True
    assert await refusal(call, "deleteMessage", chat_id=42, message_id=1) == (
        "Bad Request: message to delete not found"
    )
    clock.now += 49 * 3600
    assert await refusal(call, "deleteMessage", chat_id=42, message_id=2) == (
        "Bad Request: message can't be deleted for everyone"
    )


async def test_chat_actions(call: Call) -> None:
    assert (await call("sendChatAction", chat_id=42, action="typing"))["ok"]
    assert await refusal(call, "sendChatAction", chat_id=42, action="dance") == (
        "Bad Request: wrong parameter action in request"
    )


async def test_presses_are_answered_in_time(call: Call, sandbox: Sandbox, clock: Clock) -> None:
    await call("sendMessage", chat_id=42, text="x", reply_markup=BUTTONS)
    press = sandbox.press(42, 1, "f:1")
    late = sandbox.press(42, 99, "no button has this")
    queries = [update["callback_query"] for update in (await call("getUpdates"))["result"]]
    assert [(one["data"], one["message"]["message_id"]) for one in queries] == [
        ("f:1", 1),
        ("no button has this", 99),
    ]
    answer = await call("answerCallbackQuery", callback_query_id=press.id, text="Done")
    assert answer["result"] is True
    assert press.answer == {"text": "Done", "show_alert": False}
    assert await refusal(
        call, "answerCallbackQuery", callback_query_id=press.id, text="x" * 201
    ) == ("Bad Request: MESSAGE_TOO_LONG")
    clock.now += 61
    for query_id in (late.id, "1"):
        assert await refusal(call, "answerCallbackQuery", callback_query_id=query_id) == (
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
    sandbox.press(42, 1, "f:1")
    problem = await refusal(call, "answerCallbackQuery", callback_query_id=late.id)
    assert "too old" in problem


def article(number: object = 1, **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": str(number),
        "title": "T",
        "input_message_content": content,
        **more,
    }


async def test_inline_queries(call: Call, sandbox: Sandbox) -> None:
    question = sandbox.ask_inline(42, "nigeria", "10")
    (update,) = (await call("getUpdates"))["result"]
    assert update["inline_query"]["query"] == "nigeria"
    given = {"inline_query_id": question.id, "results": [article(reply_markup=BUTTONS)]}
    assert (await call("answerInlineQuery", **given, next_offset="20"))["ok"]
    assert question.answer
    assert question.answer["next_offset"] == "20"


UNREADABLE = "Bad Request: can't parse inline query result: "


@pytest.mark.parametrize(
    ("results", "problem"),
    [
        ({}, "Bad Request: expected an Array of inline query results"),
        ([article(n) for n in range(51)], "Bad Request: RESULTS_TOO_MUCH"),
        ([1], UNREADABLE + "Inline query result must be an object"),
        ([article("x" * 65)], "Bad Request: RESULT_ID_INVALID"),
        ([article(1), article(1)], "Bad Request: RESULT_ID_DUPLICATE"),
        ([article(title="")], UNREADABLE + 'Can\'t find field "title"'),
        (
            [article(input_message_content=None)],
            UNREADABLE + "Input message content is not specified",
        ),
        ([article(input_message_content={})], "Bad Request: message text is empty"),
    ],
)
def test_inline_answers_that_telegram_refuses(sandbox: Sandbox, results: Any, problem: str) -> None:
    question = sandbox.ask_inline(42, "x")
    values = {"inline_query_id": question.id, "results": results}
    with pytest.raises(ApiError) as caught:
        METHODS["answerinlinequery"](sandbox, Arguments(values))
    assert caught.value.description == problem
    assert question.answer is None


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"next_offset": "é" * 33}, "Bad Request: NEXT_OFFSET_INVALID"),
        ({"button": 5}, "Bad Request: object expected as inline query results button"),
        (
            {"button": {"text": " "}},
            "Bad Request: inline query results button text must be non-empty",
        ),
        ({"button": {"text": "x"}}, "Bad Request: START_PARAM_INVALID"),
        (
            {"button": {"text": "x", "start_parameter": "a=b"}},
            "Bad Request: START_PARAM_INVALID",
        ),
        ({"button": {"text": "x", "web_app": {"url": "https://x.example"}}}, None),
        ({"button": {"text": "x", "start_parameter": "q_"}, "is_personal": True}, None),
    ],
)
def test_what_stands_beside_inline_results(
    sandbox: Sandbox, more: dict[str, Any], problem: str | None
) -> None:
    question = sandbox.ask_inline(42, "x")
    arguments = Arguments({"inline_query_id": question.id, "results": [article()], **more})
    if problem is None:
        METHODS["answerinlinequery"](sandbox, arguments)
        assert question.answer
        assert question.answer["button"] == more["button"]
        assert question.answer["is_personal"] is more.get("is_personal", False)
        return
    with pytest.raises(ApiError, match=problem):
        METHODS["answerinlinequery"](sandbox, arguments)


async def test_a_press_tells_what_its_message_answers(call: Call, sandbox: Sandbox) -> None:
    asked = sandbox.send_text(42, "first")
    reply = {"message_id": asked}
    sent = (await call("sendMessage", chat_id=42, text="x", reply_parameters=reply))["result"]
    assert sent["reply_to_message"]["text"] == "first"
    chat = sandbox.add_chat(42)
    chat.messages[asked] |= {"text": "second"}
    sandbox.press(42, sent["message_id"], "f:1")
    del chat.messages[asked]
    sandbox.press(42, sent["message_id"], "f:1")
    before, after = (one["callback_query"]["message"] for one in list(sandbox.updates.pending)[-2:])
    assert before["reply_to_message"]["text"] == "second"
    assert "reply_to_message" not in after
    gone = await refusal(call, "sendMessage", chat_id=42, text="x", reply_parameters=reply)
    assert gone == "Bad Request: message to be replied not found"
    wrong = await refusal(call, "sendMessage", chat_id=42, text="x", reply_parameters=[1])
    assert "reply parameters" in wrong
    freely = reply | {"allow_sending_without_reply": True}
    assert (await call("sendMessage", chat_id=42, text="x", reply_parameters=freely))["ok"]


COMMANDS = [{"command": "start", "description": "Begin"}]


async def test_command_menus_by_scope_and_language(call: Call, sandbox: Sandbox) -> None:
    french = [{"command": "start", "description": "Début"}]
    chat = {"type": "chat", "chat_id": 42}
    await call("setMyCommands", commands=COMMANDS)
    await call("setMyCommands", commands=french, language_code="fr")
    await call("setMyCommands", commands=french, scope=chat)
    assert (await call("getMyCommands"))["result"] == COMMANDS
    assert (await call("getMyCommands", scope=chat, language_code="fr"))["result"] == []
    assert sandbox.profile.commands_in(42, "en") == french
    assert sandbox.profile.commands_in(43, "fr") == french
    assert sandbox.profile.commands_in(-5, "en") == COMMANDS
    await call("deleteMyCommands", scope=chat)
    assert sandbox.profile.commands_in(42, "en") == COMMANDS
    await call("deleteMyCommands")
    assert sandbox.profile.commands_in(42, "en") == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"commands": "{}"}, "expected an Array of BotCommand"),
        ({"commands": [1]}, "can't parse BotCommand: expected an Object"),
        (
            {"commands": [{"command": "a"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        ({"commands": [{"command": "A", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": COMMANDS * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"scope": "[]", "commands": 1}, "botCommandScope must be an Object"),
        ({"scope": [1]}, "botCommandScope must be an Object"),
        ({"scope": {"type": "x"}}, "can't parse BotCommandScope: unsupported type specified"),
        ({"language_code": "eng"}, "invalid language code specified"),
    ],
)
def test_menus_that_telegram_refuses(
    sandbox: Sandbox, values: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ApiError) as caught:
        METHODS["setmycommands"](sandbox, Arguments(values))
    assert caught.value.description == f"Bad Request: {problem}"


async def test_descriptions(call: Call) -> None:
    for what, limit in (("Description", 512), ("ShortDescription", 120)):
        name = "description" if what == "Description" else "short_description"
        await call(f"setMy{what}", **{name: "x" * limit})
        await call(f"setMy{what}", **{name: "é"}, language_code="fr")
        assert (await call(f"getMy{what}"))["result"] == {name: "x" * limit}
        assert (await call(f"getMy{what}", language_code="fr"))["result"] == {name: "é"}
        assert (await call(f"getMy{what}", language_code="ru"))["result"] == {name: "x" * limit}
        assert "TOO_LONG" in await refusal(call, f"setMy{what}", **{name: "x" * (limit + 1)})


async def test_menu_buttons(call: Call) -> None:
    commands = {"type": "commands"}
    await call("setChatMenuButton", chat_id=42, menu_button=commands)
    assert (await call("getChatMenuButton", chat_id=42))["result"] == commands
    assert (await call("getChatMenuButton"))["result"] == {"type": "default"}
    await call("setChatMenuButton", menu_button=commands)
    assert (await call("getChatMenuButton"))["result"] == commands
    for wrong in ([1], {"type": "x"}):
        assert "can't parse menu button" in await refusal(
            call, "setChatMenuButton", menu_button=wrong
        )


async def test_get_chat_and_get_me(call: Call, sandbox: Sandbox) -> None:
    sandbox.block(42)
    assert (await call("getChat", chat_id="@Ada"))["result"]["first_name"] == "Ada"
    assert await refusal(call, "getChat", chat_id=7) == "Bad Request: chat not found"
    assert (await call("getMe"))["result"]["username"] == sandbox.bot["username"]


async def test_odd_values_count_as_defaults(call: Call, sandbox: Sandbox) -> None:
    sandbox.send_text(42, "x")
    assert len((await call("getUpdates", limit="many", timeout=None))["result"]) == 1
    assert (await call("sendMessage", chat_id=42, text=5, disable_notification="yes"))["ok"]
    assert (sandbox.sent[0].text, sandbox.sent[0].silent) == ("5", True)
    assert "allowed updates" in await refusal(call, "getUpdates", allowed_updates="{}")
