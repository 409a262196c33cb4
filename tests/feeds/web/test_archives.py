"""Walking through a whole feed: by pages, and by archives that stay as they are (RFC 5005)."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree

from domain.model import Draft, Kind, Published
from feeds.publish.render import FORMATS
from storage.changes import News
from tests.feeds.validate import problems
from tests.feeds.web.conftest import World

SITE = "https://news.example.org"
XML = pytest.mark.parametrize("extension", ["rss", "atom"])


def a_draft(number: int, day: date | None = None) -> Draft:
    return Draft(
        title=f"Story {number}",
        published=Published.on(day or date(2019, 1, 1) + timedelta(number)),
        body=f"What is told of number {number}.",
        kind=Kind.NEWS,
        lang="en" if number % 2 else "fr",
        topics=("drugs",) if number % 3 == 0 else (),
        countries=(),
    )


@pytest.fixture
async def long(empty: World) -> World:
    await empty.publish(*(a_draft(number) for number in range(120)))
    return empty


async def links(world: World, address: str) -> dict[str, str]:
    answer = await world.get(address)
    assert answer.status_code == 200
    found = feedparser.parse(answer.content).feed.links
    assert SITE + address in [link.href for link in found if link.rel == "self"]
    return {link.rel: link.href.removeprefix(SITE) for link in found}


async def walk(world: World, address: str, rel: str) -> list[str]:
    addresses = [address]
    while following := (await links(world, addresses[-1])).get(rel):
        assert following not in addresses
        addresses.append(following)
    return addresses


async def titles(world: World, address: str) -> list[str]:
    return [entry.title for entry in feedparser.parse((await world.get(address)).content).entries]


async def listed(world: World, part: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.get(f"/feed.json{part}")).json()["items"]
    return items


@XML
async def test_pages_have_every_story_once(long: World, extension: str) -> None:
    addresses = await walk(long, f"/feed.{extension}", "next")
    assert addresses == [f"/feed.{extension}{page}" for page in ("", "?page=2", "?page=3")]
    found = [title for address in addresses for title in await titles(long, address)]
    assert found == [f"Story {number}" for number in range(119, -1, -1)]
    for address in addresses:
        assert problems(extension, (await long.get(address)).content) == []
    second = await links(long, addresses[1])
    assert second["previous"] == second["first"] == addresses[0]
    assert "last" not in second
    third = await links(long, addresses[2])
    assert third["last"] == addresses[2]
    assert third["previous"] == addresses[1]
    assert "next" not in third
    assert "prev-archive" not in second


async def test_json_feeds_are_paged_by_next_url(long: World) -> None:
    address, found = "/search/feed.json?q=lang%3Afr", list[str]()
    while address:
        feed = (await long.get(address)).json()
        assert feed["feed_url"] == SITE + address
        found += [item["title"] for item in feed["items"]]
        address = feed.get("next_url", "").removeprefix(SITE)
    assert found == [f"Story {number}" for number in range(118, -1, -2)]


@XML
@pytest.mark.parametrize("place", ["", "/topics/drugs", "/search"])
async def test_archives_have_every_item_and_stay_as_they_are(
    long: World, extension: str, place: str
) -> None:
    query = "?q=lang%3Afr" if place == "/search" else ""
    feed = f"{place}/feed.{extension}{query}"
    archives = (await walk(long, feed, "prev-archive"))[1:]
    step = {"": 1, "/topics/drugs": 3, "/search": 2}[place]
    found = [title for address in archives for title in await titles(long, address)]
    assert found == [f"Story {number}" for number in range(119 // step * step, -1, -step)]
    before = {address: await long.get(address) for address in archives}
    for address, answer in before.items():
        assert problems(extension, answer.content) == []
        assert b"http://purl.org/syndication/history/1.0" in answer.content
        assert answer.headers["cache-control"] == "public, max-age=86400"
        assert (await links(long, address))["current"] == feed

    await long.publish(*(a_draft(number, date(2008, 1, 1)) for number in range(120, 240)))
    for address, answer in before.items():
        assert (await long.get(address)).content == answer.content
    now = (await walk(long, feed, "prev-archive"))[1:]
    full = [address for address in archives if len(await titles(long, address)) == 50]
    assert now[-len(full) :] == full if full else True
    again = [title for address in now for title in await titles(long, address)]
    assert again == [f"Story {number}" for number in range(239 // step * step, -1, -step)]


async def test_archives_lead_on_to_what_follows_today(long: World) -> None:
    feed = "/search/feed.atom?q=lang%3Afr"
    newer, older = (await walk(long, feed, "prev-archive"))[1:]
    following = {
        address: (await links(long, address))["next-archive"] for address in (older, newer)
    }

    async def leads_to(address: str) -> str:
        answer = await long.get(following[address])
        assert answer.status_code == 302
        assert answer.headers["cache-control"] == "public, max-age=900"
        return answer.headers["location"]

    assert await leads_to(older) == newer
    assert await leads_to(newer) == feed
    await long.publish(*(a_draft(number) for number in range(120, 122)))
    grown = (await links(long, feed))["prev-archive"]
    assert grown != newer
    assert [await leads_to(older), await leads_to(newer)] == [grown, grown]
    for address, after in following.items():
        assert (await links(long, address))["next-archive"] == after


async def test_an_edit_of_what_is_in_an_archive_is_told_in_the_feed(long: World) -> None:
    (tenth,) = [item for item in await listed(long, "?page=3") if item["title"] == "Story 10"]
    archived = (await walk(long, "/feed.atom", "prev-archive"))[-1]
    before = await titles(long, archived)

    async def edit(number: int, title: str) -> None:
        long.now[0] += timedelta(hours=1)
        await long.publish(replace(a_draft(number), title=title))

    await edit(10, "Story 10, corrected")
    await edit(119, "Story 119, corrected")
    for extension in ("rss", "atom"):
        document = (await long.get(f"/feed.{extension}")).content
        assert problems(extension, document) == []
    newest = await listed(long)
    assert newest[-1]["id"] == tenth["id"]
    assert newest[-1]["date_published"] == tenth["date_published"]
    assert [item["title"] for item in newest][::50] == [
        "Story 119, corrected",
        "Story 10, corrected",
    ]
    assert len(newest) == 51
    assert "Story 10, corrected" in await titles(long, "/search/feed.atom?q=lang%3Afr")
    assert "Story 10, corrected" not in await titles(long, "/search/feed.atom?q=lang%3Aen")
    assert await titles(long, archived) == before

    for number in range(15):
        await edit(number, f"Story {number}, corrected")
    assert len(await listed(long)) == 60
    long.now[0] += timedelta(days=8)
    long.services.documents.observe(News(long.services.documents.version or 0, ()))
    assert len(await listed(long)) == 50


async def test_an_archive_says_so_in_each_format(long: World) -> None:
    latest = (await links(long, "/feed.atom"))["prev-archive"]
    root = etree.fromstring((await long.get(latest)).content)
    assert root.find("{http://purl.org/syndication/history/1.0}archive") is not None
    rss = etree.fromstring((await long.get(latest.replace("atom", "rss"))).content)
    assert rss.find("channel/{http://purl.org/syndication/history/1.0}archive") is not None
    feed: dict[str, Any] = json.loads((await long.get(latest.replace("atom", "json"))).content)
    assert len(feed["items"]) == 20
    older = (await long.get(feed["next_url"].removeprefix(SITE))).json()
    assert len(older["items"]) == 50


@pytest.mark.parametrize("extension", FORMATS)
async def test_a_short_feed_has_no_pages(world: World, extension: str) -> None:
    answer = await world.get(f"/feed.{extension}")
    assert "page=" not in answer.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("page=0", 400),
        ("page=-1", 400),
        ("page=two", 400),
        ("page=1%C2%B2", 400),
        ("page=9999999999", 400),
        ("page=2&archive=3", 400),
        ("archive=", 400),
        ("archive-after=x", 400),
        ("archive=1&archive-after=1", 400),
        ("page=99", 404),
        ("archive=99999", 404),
        ("page=1", 301),
        ("page=002", 301),
        ("q=drugs", 301),
        ("utm_source=x", 200),
    ],
)
async def test_what_is_no_part_is_refused_or_led_to_one(
    world: World, asked: str, status: int
) -> None:
    answer = await world.get(f"/feed.rss?{asked}")
    assert answer.status_code == status


async def test_what_loses_items_every_day_has_no_archives(long: World) -> None:
    address = "/search/feed.atom?q=last%3A3650d"
    assert "prev-archive" not in await links(long, address)
    for name in ("archive", "archive-after"):
        assert (await long.get(f"{address}&{name}=1")).status_code == 404
