"""`kill -9` in the middle of a broadcast, and SIGTERM: what the chats get in the end."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox import UNLIMITED, Sandbox, serve
from domain.delivery import MAX_IN_FLIGHT
from storage import chats, subscriptions
from storage.database import Database
from storage.migrate import upgrade
from tests.end_to_end.process import Topicwire

CHATS = range(10_000, 10_120)


async def installation(tmp_path: Path, sandbox: Sandbox, api_url: str) -> Topicwire:
    topicwire = Topicwire(
        tmp_path,
        telegram_token=sandbox.token,
        telegram_api_url=api_url,
        messages_per_second="1000",
    )
    now = datetime.now(UTC)
    db = Database(f"sqlite:///{tmp_path / 'topicwire.db'}")
    await upgrade(db)
    async with db.write() as tx:
        for chat_id in CHATS:
            sandbox.add_chat(chat_id)
            await chats.register(tx, chat_id, now=now, timezone="UTC")
            await subscriptions.add(tx, chat_id, "", "now", now=now)
            await subscriptions.add(tx, chat_id, "boats", "now", now=now)
    await db.dispose()
    return topicwire


def got(sandbox: Sandbox) -> Counter[int]:
    return Counter(sent.chat_id for sent in sandbox.sent)


@pytest.mark.timeout(300)
async def test_a_hard_kill_loses_nothing_and_repeats_only_what_was_in_flight(
    tmp_path: Path,
) -> None:
    sandbox = Sandbox(limits=UNLIMITED)
    sandbox.faults.latency = 0.02
    kills = 0
    async with serve(sandbox) as api_url:
        topicwire = await installation(tmp_path, sandbox, api_url)
        async with topicwire.serving("run") as process:
            await topicwire.succeed("publish", "--title", "Patrol boats")
            await sandbox.wait_for(lambda: len(got(sandbox)) >= 10, 30)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            kills += 1
        assert len(got(sandbox)) < len(CHATS)
        async with topicwire.serving("run"):
            await sandbox.wait_for(lambda: len(got(sandbox)) == len(CHATS), 90)
            await asyncio.sleep(1)
    repeated = sum(count - 1 for count in got(sandbox).values())
    assert repeated <= MAX_IN_FLIGHT * kills


@pytest.mark.timeout(300)
async def test_a_gentle_stop_repeats_nothing(tmp_path: Path) -> None:
    sandbox = Sandbox(limits=UNLIMITED)
    sandbox.faults.latency = 0.02
    async with serve(sandbox) as api_url:
        topicwire = await installation(tmp_path, sandbox, api_url)
        async with topicwire.serving("run"):
            await topicwire.succeed("publish", "--title", "Patrol boats")
            await sandbox.wait_for(lambda: len(got(sandbox)) >= 10, 30)
        assert len(got(sandbox)) < len(CHATS)
        async with topicwire.serving("run"):
            await sandbox.wait_for(lambda: len(got(sandbox)) == len(CHATS), 60)
            await asyncio.sleep(1)
    assert set(got(sandbox).values()) == {1}
