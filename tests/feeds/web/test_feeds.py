import json
from datetime import date, timedelta
from urllib.parse import quote

import feedparser
import pytest

from domain.model import Draft, Kind, Published
from domain.taxonomy import load_taxonomy
from domain.vocabulary import build_vocabulary
from feeds.publish.render import FORMATS
from seeds.data import load_places
from tests.feeds.validate import problems
from tests.feeds.web.conftest import NOW, World, a_world

EVERY = pytest.mark.parametrize("extension", FORMATS)
PLACES = ("", "/topics/migrant-smuggling", "/countries/ng")


@EVERY
@pytest.mark.parametrize("address", [*PLACES, "/search"])
async def test_every_feed_is_valid_and_knows_its_own_address(
    world: World, extension: str, address: str
) -> None:
    query = "?q=kind%3Aevent" if address == "/search" else ""
    answer = await world.get(f"{address}/feed.{extension}{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[extension].media_type
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=900"
    assert problems(extension, answer.content) == []
    own = f"https://news.example.org{address}/feed.{extension}{query}"
    if extension == "json":
        assert answer.json()["feed_url"] == own
    else:
        links = feedparser.parse(answer.content).feed.links
        assert [link.href for link in links if link.rel == "self"] == [own]


async def test_a_feed_has_the_newest_items_first_and_at_most_fifty(empty: World) -> None:
    first = date(2020, 1, 1)
    await empty.publish(
        *(
            Draft(title=f"Story {number}", published=Published.on(first + timedelta(number)))
            for number in range(60)
        )
    )
    items = (await empty.get("/feed.json")).json()["items"]
    assert [item["title"] for item in items] == [f"Story {number}" for number in range(59, 9, -1)]


async def test_an_empty_store_has_valid_feeds(empty: World) -> None:
    for extension in FORMATS:
        assert problems(extension, (await empty.get(f"/feed.{extension}")).content) == []


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/search/feed.rss?q=", "/feed.rss"),
        ("/search/feed.rss", "/feed.rss"),
        ("/search/feed.atom?q=topic:migrant-smuggling", "/topics/migrant-smuggling/feed.atom"),
        ("/search/feed.json?q=country:nigeria", "/countries/ng/feed.json"),
        ("/countries/NG/feed.rss", "/countries/ng/feed.rss"),
        ("/countries/nigeria/feed.rss", "/countries/ng/feed.rss"),
        ("/search/feed.rss?q=Events", "/search/feed.rss?q=kind%3Aevent"),
    ],
)
async def test_other_addresses_lead_to_the_canonical_one(
    world: World, asked: str, canonical: str
) -> None:
    answer = await world.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (301, canonical)
    assert (await world.get(canonical)).status_code == 200


async def test_redirects_keep_the_path_that_a_proxy_takes_away(sqlite_url: str) -> None:
    from domain.links import Links

    world = a_world(sqlite_url, links=Links("https://example.org/news"))
    answer = await world.get("/search/feed.rss")
    assert (answer.status_code, answer.headers["location"]) == (301, "/news/feed.rss")
    assert (await world.get("/feed.rss")).status_code == 200
    assert 'href="/news/feed.rss"' in (await world.get("/")).text
    assert (await world.get("/api/openapi.json")).json()["servers"] == [{"url": "/news"}]
    await world.db.dispose()


async def test_feeds_of_topics_that_were_renamed_or_given_up(sqlite_url: str) -> None:
    taxonomy = load_taxonomy(
        'retired = ["old-news"]\n[[topic]]\nslug = "boats"\n'
        '[topic.en]\nname = "By boat"\nalso = ["sea-routes"]\n'
    )
    world = a_world(
        sqlite_url, taxonomy=taxonomy, vocabulary=build_vocabulary(taxonomy, load_places())
    )
    for extension in FORMATS:
        moved = await world.get(f"/topics/sea-routes/feed.{extension}")
        assert moved.status_code == 301
        assert moved.headers["location"] == f"/topics/boats/feed.{extension}"
        assert moved.headers["access-control-allow-origin"] == "*"
        gone = await world.get(f"/topics/old-news/feed.{extension}")
        assert gone.status_code == 410
        assert "not kept any more" in gone.text
        assert gone.headers["access-control-allow-origin"] == "*"
    assert (await world.get("/topics/old-news")).status_code == 410
    await world.db.dispose()


async def test_what_cannot_be_answered_is_explained(world: World) -> None:
    wrong = await world.get("/search/feed.rss", params={"q": "(nigeria"})
    assert wrong.status_code == 400
    assert "parenthesis" in wrong.text
    for address in ("/topics/nothing/feed.rss", "/countries/zz/feed.rss", "/feed.xml"):
        assert (await world.get(address)).status_code == 404


async def test_a_kept_feed_is_answered_without_the_store(world: World) -> None:
    first = await world.get("/feed.rss")
    reads = world.db.reads
    again = await world.get("/feed.rss", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    dated = {"If-Modified-Since": first.headers["last-modified"]}
    assert (await world.get("/feed.rss", headers=dated)).status_code == 304
    assert (await world.get("/feed.rss")).content == first.content
    assert world.db.reads == reads


async def test_a_new_item_changes_feed_and_validators(world: World) -> None:
    before = await world.get("/feed.rss")
    world.now[0] = NOW + timedelta(minutes=1)
    await world.publish(Draft(title="Breaking", published=Published.on(date(2026, 3, 1))))
    validators = {
        "If-None-Match": before.headers["etag"],
        "If-Modified-Since": before.headers["last-modified"],
    }
    for name, value in validators.items():
        after = await world.get("/feed.rss", headers={name: value})
        assert after.status_code == 200
        assert "Breaking" in after.text


async def test_bytes_and_validators_survive_a_restart(world: World, sqlite_url: str) -> None:
    again = a_world(sqlite_url)
    for address in ("/feed.rss", "/feed.atom", "/feed.json", "/search/feed.rss?q=kind%3Anews", "/"):
        before, after = await world.get(address), await again.get(address)
        assert before.content == after.content
        assert before.headers["etag"] == after.headers["etag"]
        assert before.headers.get("last-modified") == after.headers.get("last-modified")
    await again.db.dispose()


async def test_head_gzip_and_validators_work_on_the_first_request_too(world: World) -> None:
    head = await world.reader.head("/feed.atom")
    full = await world.get("/feed.atom", headers={"Accept-Encoding": "identity"})
    packed = await world.get("/feed.atom", headers={"Accept-Encoding": "gzip"})
    assert head.content == b""
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == full.content
    assert head.headers["etag"] == full.headers["etag"] == packed.headers["etag"]
    other = await world.get("/feed.json", headers={"If-None-Match": "*"})
    assert other.status_code == 304


async def test_ids_are_the_same_in_every_format(world: World) -> None:
    seen = {
        extension: [
            entry.id
            for entry in feedparser.parse((await world.get(f"/feed.{extension}")).content).entries
        ]
        for extension in ("rss", "atom")
    }
    listed = json.loads((await world.get("/feed.json")).content)["items"]
    assert seen["rss"] == seen["atom"] == [item["id"] for item in listed]
    assert len(listed) == 3


async def test_encodings_of_one_query_are_one_document(world: World) -> None:
    await world.get("/search/feed.rss?q=kind%3Aevent")
    reads = world.db.reads
    again = await world.get(f"/search/feed.rss?q={quote('kind:event', safe=':')}&utm=1")
    assert again.status_code == 200
    assert world.db.reads == reads


async def test_a_new_item_renews_only_the_feeds_that_it_is_in(world: World) -> None:
    touched = ["/feed.rss", "/topics/drugs/feed.atom", "/search/feed.json?q=cocaine"]
    others = ["/topics/technology/feed.rss", "/search/feed.atom?q=kind%3Aevent", "/events.ics"]
    for address in touched + others:
        assert (await world.get(address)).status_code == 200
    await world.publish(
        Draft(
            title="Cocaine seized",
            published=Published.on(date(2022, 2, 2)),
            kind=Kind.NEWS,
            lang="en",
            topics=("drugs",),
            countries=(),
        )
    )
    reads = world.db.reads
    for address in others:
        await world.get(address)
    assert world.db.reads == reads
    for address in touched:
        assert "Cocaine seized" in (await world.get(address)).text
    assert world.db.reads == reads + len(touched)
