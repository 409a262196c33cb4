"""`topicwire run`: halves on PostgreSQL, the webhook, and starts that must fail."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from app.webhook import SECRET_HEADER
from bot.sandbox import UNLIMITED, Sandbox, serve
from tests.end_to_end.process import Topicwire

CHAT = 77
TITLE = "Coast guards meet in Athens"
SENT = 'topicwire_messages_sent_total{lane="push"} 1.0'
"""What the web process tells of the worker's work."""


@asynccontextmanager
async def connected(folder: Path, **settings: str) -> AsyncIterator[tuple[Topicwire, Sandbox]]:
    """Yield an installation and the Telegram that it is to use."""
    sandbox = Sandbox(limits=UNLIMITED)
    async with serve(sandbox) as api_url:
        telegram = {"telegram_token": sandbox.token, "telegram_api_url": api_url}
        yield Topicwire(folder, **telegram, **settings), sandbox


def sees(sandbox: Sandbox, text: str) -> bool:
    return any(text in message.get("text", "") for message in sandbox.messages(CHAT))


@pytest.mark.timeout(180)
async def test_a_web_process_and_a_worker_share_a_store(
    tmp_path: Path, postgresql_url: str
) -> None:
    async with (
        connected(tmp_path, database_url=postgresql_url) as (topicwire, sandbox),
        topicwire.serving("run", "--role", "web"),
        topicwire.serving("run", "--role", "worker", has_web=False),
    ):
        sandbox.send_text(CHAT, "/subscribe coast guards")
        await sandbox.wait_for(lambda: sees(sandbox, "You now follow"), 30)
        assert TITLE not in await topicwire.get("/feed.rss")
        assert f"https://t.me/{sandbox.bot['username']}" in await topicwire.get("/")
        await topicwire.succeed("publish", "--title", TITLE)
        await sandbox.wait_for(lambda: sees(sandbox, TITLE), 4)
        await asyncio.sleep(0.6)
        assert TITLE in await topicwire.get("/feed.rss")
        await topicwire.tells("/metrics", SENT)


@pytest.mark.timeout(180)
async def test_one_of_two_workers_takes_updates_and_the_other_takes_over(
    tmp_path: Path, postgresql_url: str
) -> None:
    async with connected(tmp_path, database_url=postgresql_url) as (topicwire, sandbox):
        worker = ("run", "--role", "worker")
        async with topicwire.serving(*worker, has_web=False) as first:
            sandbox.send_text(CHAT, "/start")
            await sandbox.wait_for(lambda: sees(sandbox, "Welcome"), 30)
            before = sandbox.calls["setmycommands", 200]
            async with topicwire.serving(*worker, has_web=False):
                await sandbox.wait_for(lambda: sandbox.calls["setmycommands", 200] > before, 30)
                await asyncio.sleep(2)
                assert sandbox.calls["getupdates", 409] == 0, "two that poll refuse each other"
                first.kill()
                await first.wait()
                sandbox.send_text(CHAT, "/privacy")
                await sandbox.wait_for(lambda: sees(sandbox, "/forgetme"), 15)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("role", ["all", "web"])
async def test_updates_by_webhook(tmp_path: Path, role: str) -> None:
    async with connected(tmp_path, telegram_webhook_secret="s3cret") as (topicwire, sandbox):
        hook = f"{topicwire.address}/telegram/webhook"
        topicwire.environment["TOPICWIRE_TELEGRAM_WEBHOOK_URL"] = hook
        async with (
            topicwire.serving("run", "--role", role),
            aiohttp.ClientSession() as session,
        ):
            sandbox.send_text(CHAT, "/start")
            await sandbox.wait_for(lambda: sees(sandbox, "Welcome"), 15)
            for headers, body, status in (
                ({}, b"{}", 403),
                ({SECRET_HEADER: "wrong"}, b"{}", 403),
                ({SECRET_HEADER: "s3cret"}, b"no update", 400),
                ({SECRET_HEADER: "s3cret"}, b" " * 2_000_000, 413),
            ):
                async with session.post(hook, headers=headers, data=BytesIO(body)) as answer:
                    assert answer.status == status
                    assert "detail" in await answer.json()


async def test_without_a_token_all_but_the_bot_runs(tmp_path: Path) -> None:
    topicwire = Topicwire(tmp_path)
    async with topicwire.serving("run") as process:
        assert "Topicwire" in await topicwire.get("/")
        process.terminate()
        _, err = await process.communicate()
    assert process.returncode == 0
    assert b"the bot is off" in err


async def test_a_wrong_token_stops_the_start(tmp_path: Path) -> None:
    async with serve(Sandbox()) as api_url:
        for token in ("no token at all", "1234567:AbCdEfGhIjKlMnOpQrStUvWxYz"):
            topicwire = Topicwire(tmp_path, telegram_token=token, telegram_api_url=api_url)
            code, _, err = await topicwire.command("run")
            last = err.splitlines()[-1]
            assert code == 1
            assert last.startswith("topicwire: TOPICWIRE_TELEGRAM_TOKEN: ")
            assert token not in err
            assert "Traceback" not in err


async def test_a_port_in_use_stops_the_start(tmp_path: Path) -> None:
    for command in ("run", "demo"):
        topicwire = Topicwire(tmp_path)
        with socket.create_server(("127.0.0.1", topicwire.port)):
            code, _, err = await topicwire.command(command)
        assert code == 1
        assert "topicwire: TOPICWIRE_HTTP_PORT: 127.0.0.1:" in err.splitlines()[-1]
        assert "Traceback" not in err


async def test_nothing_private_is_logged(tmp_path: Path) -> None:
    async with (
        connected(tmp_path, log_level="DEBUG", log_format="json") as (topicwire, sandbox),
        topicwire.serving("run") as process,
    ):
        sandbox.send_text(CHAT * 1_000_003, "zanzibar coconuts")
        await sandbox.wait_for(lambda: sandbox.sent, 15)
        await topicwire.get("/search?q=madagascar+vanilla")
        told = await topicwire.get("/metrics")
        for command in (["deliveries"], ["deliveries", "--failed"], ["backup", "copy"]):
            told += await topicwire.succeed(*command)
        process.terminate()
        _, err = await process.communicate()
    for secret in (sandbox.token, str(CHAT * 1_000_003), "zanzibar", "coconut", "madagascar"):
        assert secret not in err.decode() + told
