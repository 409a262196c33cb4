import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.web.document import Content
from feeds.web.documents import REMEMBERED, Documents, address_of
from storage.changes import News
from tests.factories import make_item

CONTENT = Content(body=b"x" * 1000, media_type="text/plain", cache_control="", version=3)


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Maker:
    content: Content = CONTENT
    made: int = 0

    async def __call__(self) -> Content:
        self.made += 1
        await asyncio.sleep(0)
        return self.content


async def test_a_document_is_made_once_for_a_version_of_the_store() -> None:
    documents, make = Documents(Clock()), Maker()
    documents.observe(News(3, None))
    first = await documents.get("/feed.rss", make)
    assert await documents.get("/feed.rss", make) is first
    assert documents.fresh("/feed.rss") is first
    make.content = replace(CONTENT, version=4, body=b"new")
    documents.observe(News(4, None))
    assert documents.fresh("/feed.rss") is None
    second = await documents.get("/feed.rss", make)
    assert (second.tag != first.tag, make.made) == (True, 2)


async def test_requests_at_the_same_time_wait_for_one_making() -> None:
    documents, make = Documents(Clock()), Maker()
    documents.observe(News(3, None))
    asked = [documents.get("/feed.rss", make) for _ in range(20)]
    assert len({id(document) for document in await asyncio.gather(*asked)}) == 1
    assert make.made == 1


async def test_nothing_is_fresh_before_the_store_was_observed() -> None:
    documents, make = Documents(Clock()), Maker()
    await documents.get("/", make)
    assert documents.fresh("/") is None


async def test_a_new_day_ends_freshness() -> None:
    clock, make = Clock(), Maker()
    documents = Documents(clock)
    documents.observe(News(3, None))
    await documents.get("/", make)
    clock.now += timedelta(minutes=2)
    documents.observe(News(3, None))
    assert documents.fresh("/") is None
    await documents.get("/", make)
    assert documents.fresh("/") is not None


async def test_what_changed_while_a_document_was_made_makes_it_stale() -> None:
    documents = Documents(Clock())
    documents.observe(News(3, None))

    async def make() -> Content:
        documents.observe(News(4, None))
        return CONTENT

    await documents.get("/", make)
    assert documents.fresh("/") is None


async def test_only_an_item_that_a_document_would_show_ends_its_freshness() -> None:
    documents, make = Documents(Clock()), Maker()
    documents.observe(News(3, None))
    make.content = replace(CONTENT, is_touched_by=lambda item, terms: terms.has(("boat",)))
    first = await documents.get("/feed.rss", make)
    documents.observe(News(5, ((4, make_item("a", title="Car")), (5, make_item("b")))))
    assert documents.fresh("/feed.rss") is first
    documents.observe(News(6, ((6, make_item("c", title="Boat")),)))
    assert documents.fresh("/feed.rss") is None
    make.content = replace(make.content, version=6)
    await documents.get("/feed.rss", make)
    documents.observe(News(6, ()))
    assert documents.fresh("/feed.rss") is not None
    documents.observe(News(7, None))
    assert documents.fresh("/feed.rss") is None


async def test_a_document_that_has_missed_more_than_is_remembered_is_not_fresh() -> None:
    documents = Documents(Clock())
    documents.observe(News(3, None))
    untouched = Maker(replace(CONTENT, is_touched_by=lambda item, terms: False))
    await documents.get("/asked", untouched)
    await documents.get("/forgotten", untouched)
    for version in range(4, 5 + REMEMBERED):
        documents.observe(News(version, ((version, make_item(f"{version}")),)))
        assert documents.fresh("/asked") is not None
    assert documents.fresh("/forgotten") is None


async def test_the_documents_asked_for_longest_ago_go_first() -> None:
    documents, make = Documents(Clock(), capacity=16_000), Maker()
    documents.observe(News(3, None))
    for address in ("/a", "/b", "/c"):
        await documents.get(address, make)
    documents.fresh("/a")
    await documents.get("/d", make)
    kept = [address for address in ("/a", "/b", "/c", "/d") if documents.fresh(address)]
    assert kept == ["/a", "/c", "/d"]


async def test_any_number_of_addresses_stays_within_the_cap() -> None:
    documents = Documents(Clock(), capacity=100_000)
    documents.observe(News(3, None))
    small = replace(CONTENT, body=b"x" * 100)
    for number in range(500):
        await documents.get(f"/{number}", Maker(small))
    assert 90_000 < documents.size <= 100_000
    assert documents.fresh("/499") is not None


async def test_a_failure_is_passed_on_and_not_kept() -> None:
    documents, make = Documents(Clock()), Maker()
    documents.observe(News(3, None))

    async def fail() -> Content:
        raise LookupError

    with pytest.raises(LookupError):
        await documents.get("/", fail)
    assert (await documents.get("/", make)).tag


def test_an_address_is_path_and_query() -> None:
    assert address_of({"path": "/a", "query_string": b""}) == "/a"
    assert address_of({"path": "/a", "query_string": b"q=%C3%A9"}) == "/a?q=%C3%A9"
