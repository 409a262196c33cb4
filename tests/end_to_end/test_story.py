"""The story that the demo tells: ask, follow, publish elsewhere, see it arrive everywhere."""

import json
from pathlib import Path

import feedparser
import pytest

from tests.end_to_end.process import Topicwire, Visitor

TITLE = "New patrol boats against the smuggling of migrants by sea"


@pytest.mark.timeout(180)
async def test_a_published_item_reaches_chat_feeds_and_pages(tmp_path: Path) -> None:
    topicwire = Topicwire(tmp_path)
    async with topicwire.serving("demo", "--port", str(topicwire.port)):
        assert "Securing Evidence: The Key to Convictions" in await topicwire.get("/")
        before = feedparser.parse(await topicwire.get("/topics/smuggling-by-sea/feed.atom"))
        assert TITLE not in [entry.title for entry in before.entries]
        visitor = Visitor(topicwire.address, 1 << 41)

        await visitor.say("/start")
        await visitor.sees("Welcome")
        await visitor.say("/subscribe topic:smuggling-by-sea")
        await visitor.sees("follow")
        await visitor.say("/subscribe patrol boats")
        await visitor.sees("patrol boats")
        out = await topicwire.succeed("publish", "--title", TITLE, "--format", "jsonl")
        item = json.loads(out)

        pushed = json.loads(await visitor.sees(item["url"], seconds=4))
        assert TITLE in pushed["html"]
        for feed in ("/feed.rss", "/topics/smuggling-by-sea/feed.atom"):
            await topicwire.tells(feed, TITLE)
            after = feedparser.parse(await topicwire.get(feed))
            assert after.entries[0].title == TITLE
            assert after.entries[0].id == item["id"]
        await topicwire.tells("/feed.json", TITLE)
        whole = json.loads(await topicwire.get("/feed.json"))
        assert whole["items"][0]["id"] == item["id"]
        assert TITLE in await topicwire.get(item["url"].removeprefix(topicwire.address))

        await visitor.say("patrol boats")
        answer = json.loads(await visitor.sees("/search/feed"))
        assert TITLE in answer["html"]


@pytest.mark.timeout(180)
async def test_seeding_twice_is_as_good_as_once(tmp_path: Path) -> None:
    topicwire = Topicwire(tmp_path)
    first = [json.loads(line) for line in (await topicwire.succeed(
        "seed", "--format", "jsonl")).splitlines()]  # fmt: skip
    second = [json.loads(line) for line in (await topicwire.succeed(
        "seed", "--format", "jsonl")).splitlines()]  # fmt: skip
    assert [(record["changed"], record["same"]) for record in first] == [(0, 0)] * 5
    assert [record["same"] for record in second] == [record["new"] for record in first]
    assert [(record["new"], record["changed"]) for record in second] == [(0, 0)] * 5
    other = Topicwire(tmp_path)
    other.environment["TOPICWIRE_DATA_DIR"] = str(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    await other.succeed("seed")
    ids = [
        {json.loads(line)["id"] for line in (await each.succeed(
            "items", "--limit", "1000", "--format", "jsonl")).splitlines()}
        for each in (topicwire, other)
    ]  # fmt: skip
    assert ids[0] == ids[1]
    counts = [json.loads(line) for line in (await topicwire.succeed(
        "stats", "--format", "jsonl")).splitlines()]  # fmt: skip
    assert {"what": "items", "count": sum(record["new"] for record in first)} in counts
