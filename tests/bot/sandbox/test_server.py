import asyncio
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox, create_api, serve
from bot.sandbox.faults import (
    BLOCKED,
    NO_CONVERSATION,
    SERVER_ERROR,
    Broken,
    Drop,
    Slow,
    throttled,
    upgraded,
)

from .conftest import Call


async def test_parameters_come_in_every_form(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    address = f"{url}/bot{sandbox.token}/SendMessage"
    values = {"chat_id": "@ada", "text": "é=&"}
    multipart = aiohttp.FormData(values, default_to_multipart=True)
    for request in (
        http.get(address, params=values),
        http.post(address, data=values),
        http.post(address, json=values),
        http.post(address, data=multipart),
        http.post(address, params={"text": "lost"}, json=values),
    ):
        async with request as response:
            assert (await response.json())["result"]["text"] == "é=&"
    assert [message["text"] for message in sandbox.messages(42)] == ["é=&"] * 5
    assert sandbox.calls["sendmessage", 200] == 5


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("bot1:wrong/getMe", 401, "Unauthorized"),
        ("bot{token}/sendFax", 404, "Not Found: method not found"),
        ("elsewhere", 404, "Not Found"),
    ],
)
async def test_wrong_addresses(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession, path: str, code: int, description: str
) -> None:
    async with http.get(f"{url}/{path.format(token=sandbox.token)}") as response:
        assert response.status == code
        assert await response.json() == {
            "ok": False,
            "error_code": code,
            "description": description,
        }


JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body", "code", "description"),
    [
        (JSON, b"{", 400, "Bad Request: can't parse request JSON object"),
        (JSON, b"[]", 400, "Bad Request: object expected as request"),
        (FORM, b"text=%ff", 400, "Bad Request: strings must be encoded in UTF-8"),
        (FORM, b"text=\xff", 400, "Bad Request: strings must be encoded in UTF-8"),
        (JSON, b'{"text": "\\ud800"}', 400, "Bad Request: strings must be encoded in UTF-8"),
        (JSON, b'{"x": ["\\ud800"]}', 400, "Bad Request: strings must be encoded in UTF-8"),
        (JSON, b" " * ((1 << 20) + 1), 413, "Request Entity Too Large"),
    ],
)
async def test_bodies_that_cannot_be_read(
    url: str,
    sandbox: Sandbox,
    http: aiohttp.ClientSession,
    kind: str,
    body: bytes,
    code: int,
    description: str,
) -> None:
    headers = {"Content-Type": kind}
    address = f"{url}/bot{sandbox.token}/sendMessage"
    async with http.post(address, data=BytesIO(body), headers=headers) as response:
        assert (response.status, (await response.json())["description"]) == (code, description)


async def test_a_chats_faults_strike_it_alone(call: Call, sandbox: Sandbox) -> None:
    sandbox.add_chats(range(1, 3))
    sandbox.faults.add(BLOCKED, chat_id=1)
    assert (await call("sendMessage", chat_id=1, text="x"))["description"] == (
        "Forbidden: bot was blocked by the user"
    )
    assert (await call("sendMessage", chat_id=2, text="x"))["ok"]
    sandbox.faults.clear(1)
    assert (await call("sendMessage", chat_id=1, text="x"))["ok"]


async def test_faults_strike_a_method_a_number_of_times(call: Call, sandbox: Sandbox) -> None:
    sandbox.faults.add(throttled(7), method="sendMessage", times=2)
    sandbox.faults.add(SERVER_ERROR, chat_id=7)
    assert (await call("getMe"))["ok"]
    refused = await call("sendMessage", chat_id=42, text="x")
    assert refused == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert (await call("sendMessage", chat_id=42, text="x"))["error_code"] == 429
    assert (await call("sendMessage", chat_id=42, text="x"))["ok"]
    assert (await call("sendMessage", chat_id=7, text="x"))["error_code"] == 500


async def test_refusals_carry_their_parameters(call: Call, sandbox: Sandbox) -> None:
    sandbox.faults.add(upgraded(-1001234567890), chat_id=-5)
    sandbox.faults.add(NO_CONVERSATION, chat_id=5)
    moved = await call("sendMessage", chat_id=-5, text="x")
    assert moved["parameters"] == {"migrate_to_chat_id": -1001234567890}
    assert (await call("sendMessage", chat_id=5, text="x"))["error_code"] == 403


async def test_a_broken_gateway_answers_no_json(
    url: str, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sandbox.faults.add(Broken(503), times=1)
    async with http.get(f"{url}/bot{sandbox.token}/getMe") as response:
        assert (response.status, response.content_type) == (503, "text/plain")


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_dropped_connection(call: Call, sandbox: Sandbox, *, delivered: bool) -> None:
    sandbox.faults.add(Drop(delivered=delivered), chat_id=42, times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=42, text="x")
    assert len(sandbox.sent) == delivered
    assert (await call("sendMessage", chat_id=42, text="x"))["ok"]


async def test_another_server_breaks_the_answer_off(sandbox: Sandbox) -> None:
    sandbox.faults.add(Drop(delivered=True))
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/bot{sandbox.token}/getMe",
        "headers": [],
        "query_string": b"",
    }
    await create_api(sandbox)(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start"]


async def test_a_slow_answer_comes_after_delivery(call: Call, sandbox: Sandbox) -> None:
    sandbox.faults.add(Slow(0.2), chat_id=42)
    answer = asyncio.ensure_future(call("sendMessage", chat_id=42, text="x"))
    await sandbox.wait_for(lambda: sandbox.sent)
    assert not answer.done()
    assert (await answer)["ok"]


async def test_latency_comes_before(call: Call, sandbox: Sandbox) -> None:
    sandbox.faults.latency = 0.05
    loop = asyncio.get_running_loop()
    before = loop.time()
    await call("getMe")
    assert loop.time() - before >= 0.05
    sandbox.faults.clear()
    assert sandbox.faults.latency == 0


async def test_a_taken_port_is_an_error(url: str) -> None:
    with pytest.raises(OSError, match="in use"):
        async with serve(Sandbox(), int(url.rpartition(":")[2])):
            pass


async def test_closing_ends_a_long_poll(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with serve(sandbox) as url:
        poll = asyncio.ensure_future(http.get(f"{url}/bot{sandbox.token}/getUpdates?timeout=50"))
        await sandbox.wait_for(lambda: sandbox.updates.polling)
    async with await poll as response:
        assert (await response.json())["result"] == []


async def test_faults_strike_a_text(call: Call, sandbox: Sandbox) -> None:
    sandbox.faults.add(SERVER_ERROR, text="thunder")
    refused = await call("sendMessage", chat_id=42, text="Sun and thunder")
    assert refused["error_code"] == 500
    assert (await call("sendMessage", chat_id=42, text="Sun"))["ok"]
