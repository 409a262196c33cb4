"""Files that the bot sends, members of groups, and the chat page's links to files."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from httpx import ASGITransport, AsyncClient

from bot.sandbox import Sandbox, create_chat
from bot.sandbox.chat import VISITORS
from bot.sandbox.methods import documents
from bot.sandbox.stream import stream

from .conftest import Call

CHAT = VISITORS.start


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(create_chat(sandbox))
    async with AsyncClient(transport=transport, base_url="http://page") as client:
        yield client


async def send(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession, content: bytes, **fields: Any
) -> dict[str, Any]:
    form = aiohttp.FormData({name: str(value) for name, value in fields.items()})
    form.add_field(
        "document", BytesIO(content), filename="data.json", content_type="application/json"
    )
    async with http.post(f"{url}/bot{sandbox.token}/sendDocument", data=form) as response:
        answer: dict[str, Any] = await response.json()
        assert answer["ok"] is (response.status == 200)
        return answer


async def test_a_file_arrives_with_its_caption(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    markup = {"inline_keyboard": [[{"text": "Follow", "callback_data": "f:1"}]]}
    answer = await send(
        url,
        sandbox,
        http,
        b'{"a": 1}',
        chat_id=42,
        caption="<b>All</b> of it",
        parse_mode="HTML",
        reply_markup=json.dumps(markup),
    )
    message = answer["result"]
    assert message == sandbox.messages(42)[0]
    document = message["document"]
    assert (document["file_name"], document["file_size"]) == ("data.json", 8)
    assert document["mime_type"] == "application/json"
    assert document["file_id"]
    assert document["file_unique_id"]
    assert message["caption"] == "All of it"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert message["reply_markup"] == markup
    assert "text" not in message
    assert sandbox.add_chat(42).files[message["message_id"]] == b'{"a": 1}'
    assert sandbox.sent[0].text == "All of it"


async def test_files_have_telegrams_limits(
    url: str,
    sandbox: Sandbox,
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
    call: Call,
) -> None:
    refused = await send(url, sandbox, http, b"", chat_id=42)
    assert refused["description"] == "Bad Request: file must be non-empty"
    refused = await send(url, sandbox, http, b"x", chat_id=42, caption="a" * 1025)
    assert refused["description"] == "Bad Request: message caption is too long"
    refused = await send(url, sandbox, http, b"x", chat_id=77)
    assert refused["description"] == "Bad Request: chat not found"
    large = bytes(2 << 20)
    assert (await send(url, sandbox, http, large, chat_id=42))["ok"]
    monkeypatch.setattr(documents, "MAX_FILE", 1 << 20)
    refused = await send(url, sandbox, http, large, chat_id=42)
    assert (refused["error_code"], refused["description"]) == (413, "Request Entity Too Large")
    for values in ({}, {"document": "https://elsewhere.example/a.pdf"}, {"document": "attach://b"}):
        refused = await call("sendDocument", chat_id=42, **values)
        assert refused["description"] == "Bad Request: there is no document in the request"


async def test_files_count_against_the_flood_limits(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    answers = [await send(url, sandbox, http, b"x", chat_id=42) for _ in range(6)]
    assert [answer["ok"] for answer in answers] == [True] * 5 + [False]
    assert answers[-1]["parameters"]["retry_after"] >= 1


async def test_an_attached_part_can_be_named(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    form = aiohttp.FormData({"chat_id": "42", "document": "attach://part"})
    form.add_field("part", b"x", filename="a.txt", content_type="text/plain")
    async with http.post(f"{url}/bot{sandbox.token}/sendDocument", data=form) as response:
        assert (await response.json())["result"]["document"]["file_name"] == "a.txt"


async def test_the_page_shows_and_gives_out_files(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession, page: AsyncClient
) -> None:
    sandbox.add_chat(CHAT)
    sent = (await send(url, sandbox, http, b'{"a": 1}', chat_id=CHAT, caption="<i>"))["result"]
    events = stream(sandbox, sandbox.add_chat(CHAT), "")
    shown = [piece async for piece in _first(events, 4)]
    data = next(piece for piece in shown if "event: message" in piece)
    assert '"file": {"name": "data.json", "size": 8}' in data
    assert '"html": "&lt;i&gt;"' in data
    found = await page.get(f"/chats/{CHAT}/files/{sent['message_id']}")
    assert found.content == b'{"a": 1}'
    assert found.headers["content-disposition"] == ("attachment; filename*=UTF-8''data.json")
    assert (await page.get(f"/chats/{CHAT}/files/999")).status_code == 404
    assert (await page.get(f"/chats/{CHAT + 1}/files/{sent['message_id']}")).status_code == 404


async def _first(events: AsyncIterator[str], count: int) -> AsyncIterator[str]:
    for _ in range(count):
        yield await anext(events)


@pytest.mark.parametrize("status", ["creator", "administrator", "member"])
async def test_members_of_a_group(call: Call, sandbox: Sandbox, status: str) -> None:
    sandbox.add_chat(-50).status = status
    member = (await call("getChatMember", chat_id=-50, user_id=50))["result"]
    assert (member["status"], member["user"]["id"]) == (status, 50)
    bot = await call("getChatMember", chat_id=-50, user_id=sandbox.bot["id"])
    assert bot["result"]["status"] == "member"
    nobody = await call("getChatMember", chat_id=-50, user_id=51)
    assert nobody["description"] == "Bad Request: member not found"
