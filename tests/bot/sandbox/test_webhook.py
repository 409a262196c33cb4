from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from bot.sandbox.webhook import SECRET_HEADER

from .conftest import Call


class Receiver:
    """A bot's webhook that answers with the statuses it is given, then with 200."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.got: list[tuple[str | None, Any]] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append((request.headers.get(SECRET_HEADER), await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    application = web.Application()
    application.router.add_post("/hook", made.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def drained(sandbox: Sandbox) -> None:
    await sandbox.wait_for(lambda: not sandbox.updates.pending)


async def test_updates_are_posted_with_the_secret_in_order(
    call: Call, sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.send_text(42, "one")
    await call("setWebhook", url=receiver.url, secret_token="s-3_X", allowed_updates=["message"])
    sandbox.send_text(42, "two")
    sandbox.block(42)
    await drained(sandbox)
    assert [secret for secret, _ in receiver.got] == ["s-3_X"] * 2
    assert [update["message"]["text"] for _, update in receiver.got] == ["one", "two"]
    info = (await call("getWebhookInfo"))["result"]
    assert info["url"] == receiver.url
    assert (info["pending_update_count"], info["allowed_updates"]) == (0, ["message"])
    assert (await call("getUpdates"))["error_code"] == 409


async def test_a_refused_update_comes_again(
    call: Call, sandbox: Sandbox, receiver: Receiver
) -> None:
    receiver.statuses = [500, 403]
    await call("setWebhook", url=receiver.url)
    sandbox.send_text(42, "one")
    await drained(sandbox)
    assert [update["update_id"] for _, update in receiver.got] == [1, 1, 1]
    assert receiver.got[0][0] is None
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_a_dead_webhook_is_reported_and_can_be_removed(call: Call, sandbox: Sandbox) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    sandbox.send_text(42, "one")
    await sandbox.wait_for(lambda: sandbox.webhook.last_error)
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Connection refused"
    await call("setWebhook", url="")
    assert (await call("getWebhookInfo"))["result"]["url"] == ""
    assert len((await call("getUpdates"))["result"]) == 1


async def test_pending_updates_can_be_dropped(call: Call, sandbox: Sandbox) -> None:
    sandbox.send_text(42, "one")
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"url": "gopher://x"}, "invalid webhook URL specified"),
        (
            {"url": "http://x.org", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ({"url": "http://x.org", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_webhooks_that_telegram_refuses(
    call: Call, sandbox: Sandbox, values: dict[str, str], problem: str
) -> None:
    sandbox.send_text(42, "kept")
    refused = await call("setWebhook", **values, drop_pending_updates=True)
    assert refused["description"] == f"Bad Request: {problem}"
    assert len((await call("getUpdates"))["result"]) == 1
