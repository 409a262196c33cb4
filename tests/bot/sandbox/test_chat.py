import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.sandbox import Sandbox, create_chat
from bot.sandbox.arguments import Arguments
from bot.sandbox.chat import VISITORS
from bot.sandbox.methods import METHODS
from bot.sandbox.stream import stream

CHAT = VISITORS.start + 7
Events = list[tuple[str, str, Any]]


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[AsyncClient]:
    application = Starlette(routes=[Mount("/demo", create_chat(sandbox))])
    async with AsyncClient(
        transport=ASGITransport(application), base_url="http://test", follow_redirects=True
    ) as client:
        yield client


def say(sandbox: Sandbox, text: str, **more: Any) -> int:
    values = {"chat_id": CHAT, "text": text, "parse_mode": "HTML", **more}
    return int(METHODS["sendmessage"](sandbox, Arguments(values))["message_id"])


async def test_the_page_allows_nothing_from_elsewhere(page: AsyncClient) -> None:
    answer = await page.get("/demo?start=x")
    assert answer.status_code == 200
    assert "nothing goes to Telegram" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "http://" not in answer.text
    assert "https://" not in answer.text
    for name in ("chat.js", "base.css"):
        assert (await page.get(f"/demo/static/{name}")).status_code == 200


async def test_the_bot_introduces_itself_in_the_visitors_language(
    page: AsyncClient, sandbox: Sandbox
) -> None:
    sandbox.profile.descriptions.update({"": "News", "fr": "Nouvelles"})
    menu = [{"command": "start", "description": "Début"}]
    sandbox.profile.commands["default", "fr"] = menu
    assert (await page.get("/demo/bot?language=fr-FR")).json() == {
        "name": "Topicwire",
        "description": "Nouvelles",
        "commands": menu,
    }
    assert (await page.get("/demo/bot")).json()["description"] == "News"


async def test_texts_go_to_the_bot(page: AsyncClient, sandbox: Sandbox) -> None:
    answer = await page.post(
        f"/demo/chats/{CHAT}/messages", json={"text": " /start ", "language": "FR-fr"}
    )
    assert answer.status_code == 201
    (update,) = sandbox.updates.pending
    assert update["message"]["text"] == "/start"
    assert update["message"]["from"]["language_code"] == "fr"
    await page.post(f"/demo/chats/{CHAT}/messages", json={"text": "x", "language": 5})
    assert sandbox.messages(CHAT)[-1]["from"]["language_code"] == "fr"


async def test_only_buttons_that_are_there_can_be_pressed(
    page: AsyncClient, sandbox: Sandbox
) -> None:
    keys = [[{"text": "a", "callback_data": "x"}, {"text": "b", "url": "http://x.org"}]]
    message_id = say(sandbox, "x", reply_markup={"inline_keyboard": keys})
    address = f"/demo/chats/{CHAT}/presses"
    for wrong in ({"data": "y"}, {"data": None}, {"message_id": 99}, {"message_id": "1"}):
        body = {"message_id": message_id, "data": "x", **wrong}
        assert (await page.post(address, json=body)).status_code == 404
    assert (
        await page.post(address, json={"message_id": message_id, "data": "x"})
    ).status_code == 202
    (update,) = sandbox.updates.pending
    assert update["callback_query"]["data"] == "x"


async def test_stopping_and_restarting_the_bot(page: AsyncClient, sandbox: Sandbox) -> None:
    address = f"/demo/chats/{CHAT}"
    assert (await page.post(f"{address}/membership", json={"member": False})).json() == {
        "member": False
    }
    refused = await page.post(f"{address}/messages", json={"text": "x"})
    assert refused.status_code == 409
    assert refused.json() == {"detail": "the bot is stopped in this chat"}
    assert (await page.post(f"{address}/membership", json={"member": True})).json() == {
        "member": True
    }
    assert ["my_chat_member" in update for update in sandbox.updates.pending] == [True, True]


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("chats/42/messages", '{"text":"x"}', "application/json", 404),
        (f"chats/{CHAT}/messages", '{"text":"x"}', "text/plain", 415),
        (f"chats/{CHAT}/messages", "{", "application/json", 400),
        (f"chats/{CHAT}/messages", "[]", "application/json", 400),
        (f"chats/{CHAT}/messages", '{"text":" "}', "application/json", 400),
        (f"chats/{CHAT}/messages", '{"text":5}', "application/json", 400),
        ("nothing", "{}", "application/json", 404),
    ],
)
async def test_wrong_requests(
    page: AsyncClient, path: str, body: str, kind: str, status: int
) -> None:
    answer = await page.post(f"/demo/{path}", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.json()["detail"]


def events_of(text: str) -> Events:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found


async def replayed(source: AsyncIterator[str]) -> Events:
    text = ""
    async for piece in source:
        text += piece
        if "event: ready" in piece:
            return events_of(text)
    raise AssertionError("the stream ended")


async def test_a_new_reader_gets_all_and_a_returning_one_the_rest(sandbox: Sandbox) -> None:
    chat = sandbox.add_chat(CHAT)
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "x"}]]}
    sandbox.send_text(CHAT, "<hi>")
    message_id = say(sandbox, "<b>x</b>", reply_markup=keys)
    press = sandbox.press(CHAT, message_id, "x")
    METHODS["answercallbackquery"](sandbox, Arguments({"callback_query_id": press.id}))
    METHODS["editmessagetext"](
        sandbox, Arguments({"chat_id": CHAT, "message_id": message_id, "text": "y"})
    )
    METHODS["deletemessage"](sandbox, Arguments({"chat_id": CHAT, "message_id": message_id}))
    sandbox.block(CHAT)
    everything = await replayed(stream(sandbox, chat, ""))
    assert [kind for _, kind, _ in everything] == [
        "reset",
        "message",
        "message",
        "edit",
        "delete",
        "membership",
        "ready",
    ]
    first, second = everything[1][2], everything[2][2]
    assert (first["mine"], first["html"]) == (True, "&lt;hi&gt;")
    assert (second["mine"], second["html"]) == (False, "<strong>x</strong>")
    assert second["buttons"] == [[{"text": "a", "url": None, "data": "x"}]]
    assert everything[3][2]["edited"]
    assert everything[4][2] == {"id": message_id}
    assert everything[6][2] == {"member": False}
    rest = await replayed(stream(sandbox, chat, everything[3][0]))
    assert [kind for _, kind, _ in rest] == ["delete", "membership", "ready"]
    for other in ("00000000-3", "nonsense"):
        assert len(await replayed(stream(sandbox, chat, other))) == len(everything)


async def test_what_happens_is_told_live_until_the_end(sandbox: Sandbox) -> None:
    chat = sandbox.add_chat(CHAT)
    got: Events = []

    async def read() -> None:
        async for piece in stream(sandbox, chat, ""):
            got.extend(events_of(piece))

    reader = asyncio.create_task(read())
    await asyncio.sleep(0)
    say(sandbox, "pushed")
    press = sandbox.press(CHAT, 1, "x")
    METHODS["answercallbackquery"](
        sandbox, Arguments({"callback_query_id": press.id, "text": "Done", "show_alert": True})
    )
    await asyncio.sleep(0.01)
    await sandbox.close()
    await reader
    assert [kind for _, kind, _ in got] == ["reset", "ready", "message", "answer"]
    assert got[-1][2] == {"text": "Done", "show_alert": True}


async def test_a_quiet_stream_is_kept_alive(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.stream.KEEP_ALIVE_SECONDS", 0.01)
    source = stream(sandbox, sandbox.add_chat(CHAT), "")
    await replayed(source)
    assert await anext(source) == ": still here\n\n"
