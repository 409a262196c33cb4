"""The service's own ticks: what is due by the clock goes out without anybody asking."""

from pathlib import Path

import pytest

from bot.sandbox import UNLIMITED, Sandbox, serve
from tests.end_to_end.process import Topicwire

CHAT = 77


def texts(sandbox: Sandbox) -> list[str]:
    return [message.get("text", "") for message in sandbox.messages(CHAT)]


@pytest.mark.timeout(180)
async def test_what_a_pause_missed_comes_when_it_ends(tmp_path: Path) -> None:
    sandbox = Sandbox(limits=UNLIMITED)
    async with serve(sandbox) as api_url:
        topicwire = Topicwire(tmp_path, telegram_token=sandbox.token, telegram_api_url=api_url)
        async with topicwire.serving("run"):
            sandbox.send_text(CHAT, "/subscribe coast guards")
            await sandbox.wait_for(lambda: "You now follow" in texts(sandbox)[-1], 30)
            sandbox.send_text(CHAT, "/pause 1d")
            await sandbox.wait_for(lambda: texts(sandbox)[-1].startswith("Paused until"), 10)
            await topicwire.succeed("publish", "--title", "Coast guards meet in Athens")
            sandbox.send_text(CHAT, "/timezone Athens")
            await sandbox.wait_for(lambda: "Time zone: Europe/Athens" in texts(sandbox)[-1], 10)
            sandbox.send_text(CHAT, "/resume")
            await sandbox.wait_for(lambda: texts(sandbox)[-1].startswith("What you missed"), 20)
            assert "Coast guards meet in Athens" in texts(sandbox)[-1]
            assert sum("meet in Athens" in text for text in texts(sandbox)) == 1
