from datetime import date, timedelta

import pytest

from domain.model import Draft, Published
from feeds.web.schema import CURSOR, ItemOut, ItemsOut, ProblemOut, TopicOut
from storage import changes
from storage.withdrawal import withdraw
from tests.feeds.web.conftest import DRAFTS, NOW, World


async def test_items_are_as_the_contract_says(world: World) -> None:
    answer = await world.get("/api/v1/items", params={"q": "country:ng"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    ItemsOut.model_validate(answer.json())
    (item,) = answer.json()["items"]
    slug = item["story"]
    assert item == {
        "id": f"tag:topicwire.invalid,2026:{slug}",
        "source": "unodc",
        "document": "test.txt",
        "url": f"https://news.example.org/items/{slug}",
        "link": "https://un.example/a?b=1&c=ä",
        "kind": "event",
        "lang": "en",
        "title": DRAFTS[0].title,
        "summary": item["summary"],
        "body": DRAFTS[0].body,
        "published": "2009-06-22",
        "starts": "2009-06-22",
        "ends": "2009-06-24",
        "topics": ["migrant-smuggling"],
        "countries": ["NG"],
        "photo_credit": None,
        "story": slug,
        "added": "2026-03-01T12:00:00+00:00",
        "updated": "2026-03-01T12:00:00+00:00",
    }


async def test_an_item_is_found_by_slug_and_by_id(world: World) -> None:
    listed = (await world.get("/api/v1/items")).json()["items"]
    for item in listed:
        by_id = await world.get(f"/api/v1/items/{item['id']}")
        by_slug = await world.get(f"/api/v1/items/{item['story']}")
        assert by_id.json() == by_slug.json() == item
        ItemOut.model_validate(item)


async def test_cursors_walk_the_whole_answer(empty: World) -> None:
    drafts = [
        Draft(title=f"Story {number}", published=Published.on(date(2020, 1, 1) + timedelta(number)))
        for number in range(25)
    ]
    await empty.publish(*drafts)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = (await empty.get(f"/api/v1/items?limit=10&cursor={cursor}")).json()
        assert answer["total"] == 25
        seen += [item["title"] for item in answer["items"]]
        cursor = answer["next_cursor"]
    assert seen == [f"Story {number}" for number in range(24, -1, -1)]


async def test_a_walk_is_not_disturbed_by_what_comes_in(empty: World) -> None:
    def numbered(first: int, last: int) -> list[Draft]:
        start = date(2020, 1, 1)
        return [
            Draft(title=f"Story {n}", published=Published.on(start + timedelta(n)))
            for n in range(first, last)
        ]

    await empty.publish(*numbered(0, 12))
    answer = (await empty.get("/api/v1/items?limit=5")).json()
    seen = [item["title"] for item in answer["items"]]
    while answer["next_cursor"]:
        await empty.publish(*numbered(20 + len(seen), 24 + len(seen)))
        address = f"/api/v1/items?limit=5&cursor={answer['next_cursor']}"
        answer = (await empty.get(address)).json()
        seen += [item["title"] for item in answer["items"]]
    assert seen == [f"Story {n}" for n in range(11, -1, -1)]
    assert answer["total"] > len(seen)


async def test_a_walk_is_not_disturbed_by_what_is_withdrawn(empty: World) -> None:
    first = date(2020, 1, 1)
    slugs = await empty.publish(
        *(Draft(title=f"Story {n}", published=Published.on(first + timedelta(n))) for n in range(9))
    )
    answer = (await empty.get("/api/v1/items?limit=3")).json()
    seen = [item["title"] for item in answer["items"]]
    assert seen == ["Story 8", "Story 7", "Story 6"]
    async with empty.db.write() as tx:
        for number in (7, 6, 4):  # the last one seen, after which the walk goes on, among them
            await withdraw(tx, slugs[number], now=NOW)
        news = await changes.since(tx, empty.services.documents.version)
    empty.services.documents.observe(news)
    while answer["next_cursor"]:
        address = f"/api/v1/items?limit=3&cursor={answer['next_cursor']}"
        answer = (await empty.get(address)).json()
        seen += [item["title"] for item in answer["items"]]
    assert seen[3:] == [f"Story {number}" for number in (5, 3, 2, 1, 0)]
    assert (await empty.get(f"/api/v1/items/{slugs[4]}")).status_code == 410


async def test_faults_are_named_one_by_one(world: World) -> None:
    wrong = (await world.get("/api/v1/items?limit=0")).json()
    assert [fault["parameter"] for fault in wrong["errors"]] == ["limit"]
    assert (await world.get("/api/v1/items?q=a+(b")).json()["position"] == 2


async def test_topics_are_listed_with_counts_and_feeds(world: World) -> None:
    topics = (await world.get("/api/v1/topics")).json()
    by_slug = {topic["slug"]: topic for topic in topics}
    for topic in topics:
        TopicOut.model_validate(topic)
        assert topic["parent"] is None or topic["parent"] in by_slug
    assert by_slug["migrant-smuggling"] == {
        "slug": "migrant-smuggling",
        "name": "Migrant smuggling",
        "parent": None,
        "items": 2,
        "url": "https://news.example.org/topics/migrant-smuggling",
        "feed": "https://news.example.org/topics/migrant-smuggling/feed.rss",
    }


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/api/v1/items?q=(a", 400, "parenthesis"),
        ("/api/v1/items?limit=0", 422, "limit"),
        ("/api/v1/items?limit=101", 422, "limit"),
        ("/api/v1/items?limit=many", 422, "limit"),
        ("/api/v1/items?cursor=!!", 422, "cursor"),
        ("/api/v1/items?cursor=AAAAAAAAAAAAAAAA%3D", 422, "cursor"),
        ("/api/v1/items?cursor=AAAAAAAAAAAAAAA", 422, "cursor"),
        ("/api/v1/items?cursor=%C3%A9", 422, "cursor"),
        ("/api/v1/items?cursor=YWJj", 422, "cursor"),
        ("/api/v1/items?cursor=OTk5OTk5OTk5OTk5OTk", 422, "cursor"),
        ("/api/v1/items/nothing", 404, "no such item"),
        ("/api/v1/nothing", 404, "nothing at this address"),
    ],
)
async def test_wrong_input_is_answered_in_json(
    world: World, address: str, status: int, word: str
) -> None:
    answer = await world.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = ProblemOut.model_validate(answer.json())
    assert problem.status == status
    assert problem.type.startswith("https://news.example.org/api/docs#")
    anchor = problem.type.partition("#")[2]
    assert f'id="{anchor}"' in (await world.get("/api/docs")).text
    assert word in answer.json()["detail"]
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_answers_are_kept_and_revalidated(world: World) -> None:
    for address in ("/api/v1/items?q=kind:event", "/api/v1/topics"):
        first = await world.get(address)
        reads = world.db.reads
        again = await world.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, world.db.reads) == (304, reads)


async def test_the_api_describes_itself_without_anything_from_elsewhere(world: World) -> None:
    schema = (await world.get("/api/openapi.json")).json()
    (cursor,) = [
        parameter
        for parameter in schema["paths"]["/api/v1/items"]["get"]["parameters"]
        if parameter["name"] == "cursor"
    ]
    for example in (CURSOR, *cursor["schema"]["examples"]):
        assert (await world.get(f"/api/v1/items?cursor={example}")).status_code == 200
    assert set(schema["paths"]) == {"/api/v1/items", "/api/v1/items/{item_id}", "/api/v1/topics"}
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    page = (await world.get("/api/docs")).text
    for path in schema["paths"]:
        assert path in page
    assert "https://" not in page.replace("https://news.example.org/", "")
