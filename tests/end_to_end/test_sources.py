"""Sources in the running service: read when due, their news in the feeds, and gently stopped."""

import asyncio
import json
from pathlib import Path

import pytest

from bench.upstream import ITEMS, Upstream, serving
from tests.end_to_end.process import Topicwire


@pytest.mark.timeout(180)
async def test_a_source_is_read_and_its_news_reach_the_feeds(tmp_path: Path) -> None:
    topicwire = Topicwire(tmp_path, allow_private_sources="true", poll_interval="1")
    upstream = Upstream()
    async with serving(upstream) as port:
        address = f"http://127.0.0.1:{port}/new/1"
        await topicwire.succeed("sources", "add", address, "--name", "office", "--yes")
        hanging = f"http://127.0.0.1:{port}/fail/hangs/1"
        opml = tmp_path / "more.opml"
        opml.write_text(
            f'<opml version="2.0"><body><outline text="h" xmlUrl="{hanging}"/></body></opml>',
            encoding="utf-8",
        )
        await topicwire.succeed("sources", "import", str(opml))
        async with topicwire.serving("run") as process:
            await _until_read(topicwire, f"story {ITEMS}")
            assert "Source new-1" in await topicwire.get("/status")
            upstream.turns += 1
            await _until_read(topicwire, f"story {ITEMS + 1}")
            process.terminate()
            await asyncio.wait_for(process.wait(), 15)
        assert process.returncode == 0
        listed = await topicwire.succeed("sources", "list", "--format", "jsonl")
    office = next(one for one in map(json.loads, listed.splitlines()) if one["name"] == "office")
    assert (office["items"], office["problem"]) == (ITEMS + 1, None)


async def _until_read(topicwire: Topicwire, title: str) -> None:
    async with asyncio.timeout(60):
        while title not in await topicwire.get("/feed.rss"):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
