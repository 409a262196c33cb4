"""Archives stay as they are (RFC 5005, section 4): byte by byte, and for good."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest

from domain.classify import Classifier
from domain.kinds import KindFinder
from domain.model import Draft, Kind, Published
from domain.stories import Concepts
from domain.taxonomy import Taxonomy
from feeds.publish.render import FORMATS
from seeds.data import load_classifier, load_kinds, load_places, load_thesaurus
from storage import changes
from storage.correction import correct
from storage.database import Transaction
from storage.reclassify import reclassify
from storage.withdrawal import reinstate, withdraw
from tests.feeds.validate import problems
from tests.feeds.web.conftest import World

SITE = "https://news.example.org"
FEEDS = ["/feed.atom", "/topics/drugs/feed.atom", "/search/feed.atom?q=lang%3Afr+told"]


def a_draft(number: int) -> Draft:
    return Draft(
        title=f"Heroin seized, part {number}",
        published=Published.on(date(2019, 1, 1) + timedelta(number)),
        body=f"What is told of number {number}.",
        kind=Kind.NEWS,
        lang="fr" if number % 2 else "en",
        topics=None if number % 3 else ("technology",),
        countries=(),
    )


async def documents(world: World, *feeds: str) -> dict[str, bytes]:
    """Return all archives in all formats, by walking there from the feeds."""
    found: dict[str, bytes] = {}
    for feed in feeds or FEEDS:
        address = await older(world, feed)
        assert address
        while address:
            for extension in FORMATS:
                other = address.replace(".atom", f".{extension}")
                answer = await world.get(other)
                assert answer.status_code == 200
                found[other] = answer.content
            address = await older(world, address)
    return found


async def older(world: World, address: str) -> str:
    """Return the address of the archive that an Atom document leads to."""
    links = feedparser.parse((await world.get(address)).content).feed.links
    hrefs = [link.href for link in links if link.rel == "prev-archive"]
    return hrefs[0].removeprefix(SITE) if hrefs else ""


async def do(world: World, change: Callable[[Transaction], Awaitable[Any]]) -> None:
    world.now[0] += timedelta(hours=1)
    async with world.db.write() as tx:
        await change(tx)
        news = await changes.since(tx, world.services.documents.version)
    world.services.documents.observe(news)


async def slug(world: World, number: int) -> str:
    (entry,) = await world.publish(a_draft(number))
    return entry


@pytest.fixture
async def long(empty: World) -> World:
    await empty.publish(*(a_draft(number) for number in range(70)))
    return empty


async def same(world: World, before: dict[str, bytes]) -> None:
    for address, content in before.items():
        answer = await world.get(address)
        assert answer.status_code == 200
        assert answer.content == content, address


async def test_nothing_that_comes_or_changes_is_seen_in_archives(long: World) -> None:
    before = await documents(long)
    assert len(before) == 3 * (2 + 1 + 1)

    await long.publish(*(a_draft(number) for number in range(70, 130)))
    await same(long, before)

    await long.publish(replace(a_draft(3), body="It says something else."))
    await same(long, before)
    for query in ("told", "something+else"):
        found = await long.get(f"/search/feed.json?q={query}", follow_redirects=True)
        assert ('part 3"' in found.text) == (query != "told")

    draft = Draft(title="Cocaine seized", lang="en", topics=("technology",))
    one = await slug(long, 5)
    now = long.now
    await do(long, lambda tx: correct(tx, one, draft, classifier=load_classifier(), now=now[0]))
    await same(long, before)

    none = Classifier(
        Taxonomy([]), load_places(), KindFinder(load_kinds()), Concepts(load_thesaurus())
    )
    await do(long, lambda tx: reclassify(tx, none, now=now[0], after=0, limit=500))
    assert (await long.get("/topics/drugs/feed.json")).json()["items"] == []
    await same(long, before)

    after = await documents(long, "/feed.atom")
    wordings = [
        (item["id"], item["date_modified"], item["title"])
        for address, content in after.items()
        if address.startswith("/feed.json")
        for item in json.loads(content)["items"]
    ]
    assert len({wording[:2] for wording in wordings}) == len(wordings) > 130
    latest = {wording[0]: wording[2] for wording in sorted(wordings, key=lambda one: one[1])}
    assert len(latest) == 130
    for address, content in after.items():
        extension = address.partition("?")[0].rpartition(".")[2]
        assert problems(extension, content) == []
    assert "Cocaine seized" in latest.values()


async def test_a_withdrawal_takes_an_items_words_alone(long: World) -> None:
    long.now[0] += timedelta(hours=1)
    (one,) = await long.publish(replace(a_draft(9), body="It is told in other words."))
    before = await documents(long)
    assert sum(one.encode() in content for content in before.values()) == 9
    now = long.now
    await do(long, lambda tx: withdraw(tx, one, now=now[0]))
    for address, content in before.items():
        answer = await long.get(address)
        assert answer.status_code == 200
        assert one not in answer.text
        extension = address.partition("?")[0].rpartition(".")[2]
        assert problems(extension, answer.content) == []
        assert answer.content == content or one.encode() in content
    await long.publish(a_draft(100))
    await do(long, lambda tx: reinstate(tx, one, now=now[0]))
    await same(long, before)


async def test_an_archive_of_nothing_but_withdrawn_items_is_a_feed(empty: World) -> None:
    one = await slug(empty, 1)
    address = await older(empty, "/feed.atom")
    await do(empty, lambda tx: withdraw(tx, one, now=empty.now[0]))
    for extension in FORMATS:
        answer = await empty.get(address.replace("atom", extension))
        assert answer.status_code == 200
        assert problems(extension, answer.content) == []
        assert one not in answer.text
