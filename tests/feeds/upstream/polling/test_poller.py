"""How sources are read when they are due, and what their failures lead to."""

from datetime import timedelta

import pytest

from bench.upstream import FAULTS, Upstream, serving
from domain.errors import NotFoundError
from domain.sources import Selectors, SourceKind, SourceState
from feeds.upstream.polling.poller import REPORTED_AFTER, Poller
from storage import sources
from tests.feeds.upstream.polling.world import BASE, World, entry, rss

HOUR = timedelta(hours=1)


async def test_an_unchanged_source_is_asked_with_its_validators(world: World) -> None:
    await world.add()
    world.shown.headers = {"ETag": '"v1"', "Last-Modified": "Wed, 01 May 2024 10:00:00 GMT"}
    await world.poll(entry("One", guid="1"))
    world.shown.status, world.shown.body = 304, b""
    outcome = await world.poll()
    asked = world.shown.asked[-1]
    assert asked["If-None-Match"] == '"v1"'
    assert asked["If-Modified-Since"] == "Wed, 01 May 2024 10:00:00 GMT"
    assert asked["User-Agent"] == "Topicwire/1 (+https://news.example)"
    assert (outcome.problem, outcome.new) == (None, 0)
    source = await world.source()
    assert (source.last_success, source.etag) == (world.now, '"v1"')


async def test_what_the_source_asks_for_is_kept(world: World) -> None:
    await world.add()
    world.shown.body = rss(entry("One", guid="1"), note="<ttl>120</ttl>")
    outcome = await world.poll()
    assert outcome.next_poll == world.now + HOUR * 2
    world.shown.headers = {"Cache-Control": "public, max-age=10800"}
    assert (await world.poll()).next_poll == world.now + HOUR * 3


async def test_failures_back_off_and_are_told_once(world: World) -> None:
    await world.add()
    world.shown.status = 500
    for failure in range(1, REPORTED_AFTER + 2):
        outcome = await world.poll()
        assert outcome.problem == "its server is in trouble (HTTP 500)"
        assert outcome.next_poll == world.now + BASE * 2 ** (failure - 1)
    assert len(world.notices) == 1
    assert (await world.source()).failures == REPORTED_AFTER + 1
    world.shown.status = 200
    await world.poll(entry("One", guid="1"))
    source = await world.source()
    assert (source.failures, source.problem) == (0, None)
    assert world.notices[1] == "Source office can be read again."


async def test_retry_after_is_kept(world: World) -> None:
    await world.add()
    world.shown.status, world.shown.headers = 429, {"Retry-After": "86400"}
    assert (await world.poll()).next_poll == world.now + HOUR * 24


async def test_a_source_that_is_gone_is_not_asked_again(world: World) -> None:
    await world.add()
    world.shown.status = 410
    outcome = await world.poll()
    assert (outcome.next_poll, (await world.source()).state) == (None, SourceState.GONE)
    assert "not asked any more" in world.notices[0]
    world.now += timedelta(days=400)
    await world.poller.tick()
    await world.poller.finish()
    assert len(world.shown.asked) == 1


async def test_a_page_in_place_of_a_feed_is_an_error(world: World) -> None:
    await world.add()
    await world.poll(entry("One", guid="1"))
    world.shown.body = b"<!doctype html><html><body>1 May 2024<p>Maintenance</p></body></html>"
    assert (await world.poll()).problem == "it shows a web page in place of a feed"
    assert len(await world.items()) == 1


async def test_a_feed_may_change_its_format(world: World) -> None:
    await world.add()
    await world.poll(entry("One", guid="1"))
    world.shown.body = (
        b'{"version": "https://jsonfeed.org/version/1.1", "items":'
        b' [{"id": "1", "title": "One", "content_text": "On One"}, {"id": "2", "title": "Two"}]}'
    )
    outcome = await world.poll()
    assert (outcome.new, (await world.source()).kind) == (1, SourceKind.JSON)


async def test_selectors(world: World) -> None:
    selectors = Selectors(item="li", title="b", date="i", body="p")
    await world.add(kind=SourceKind.SELECTORS, selectors=selectors)
    world.shown.body = (
        b"<html><title>T</title><ul><li><a href='/1'><b>One</b></a><i>13.04.2024</i><p>Text.</p>"
        b"<li><a href='/2'><b>Two</b></a><i>02.04.2024</i></ul></html>"
    )
    await world.poll()
    assert [(item.title, item.published.isoformat()) for item in await world.items()] == [
        ("One", "2024-04-13"),
        ("Two", "2024-04-02"),
    ]
    world.shown.body = b"<html><p>All is new here</p></html>"
    assert "no dated entry" in str((await world.poll()).problem)


async def test_a_tick_reads_what_is_due_and_nothing_else(world: World) -> None:
    for number in range(5):
        await world.add(f"s{number}", address=f"{world.address}/{number}")
    world.shown.body = rss(entry("One", guid="1"))
    for _ in range(3):
        await world.poller.tick()
        await world.poller.finish()
    assert len(world.shown.asked) == 5
    world.now += BASE
    await world.poller.tick()
    await world.poller.finish()
    assert len(world.shown.asked) == 10


async def test_one_poller_at_a_time(world: World) -> None:
    await world.add()
    world.shown.body = rss(entry("One", guid="1"))
    await world.poller.tick()
    await world.poller.finish()
    world.now += BASE
    other = Poller(world.services)
    await other.tick()
    await other.finish()
    assert len(world.shown.asked) == 2
    await other.close()
    world.now += BASE
    await world.poller.tick()
    await world.poller.finish()
    assert len(world.shown.asked) == 3


async def test_a_removed_source_is_forgotten_and_its_items_stay(world: World) -> None:
    await world.add()
    await world.poll(entry("One", guid="1"))
    async with world.db.write() as tx:
        await sources.remove(tx, "office")
    with pytest.raises(NotFoundError):
        await world.poller.poll(["office"])
    assert len(await world.items()) == 1


async def test_every_fault_is_an_error_of_its_source_alone(world: World) -> None:
    upstream = Upstream()
    async with serving(upstream) as port:
        for way in FAULTS:
            await world.add(way, address=f"http://127.0.0.1:{port}/fail/{way}/1")
        await world.add("good", address=f"http://127.0.0.1:{port}/new/1")
        world.now += HOUR
        await world.poller.tick()
        await world.poller.finish()
        async with world.db.read() as tx:
            read = {source.name: source for source in await sources.all_sources(tx)}
    good = read.pop("good")
    assert (good.problem, good.items) == (None, 3)
    assert {name for name, source in read.items() if not source.problem} == set()
    assert {name for name, source in read.items() if source.last_success} == set()
    told = " ".join(str(source.problem) for source in read.values())
    assert "127.0.0.1" not in told
    assert "defect" not in told
    assert read["busy"].next_poll == world.now + HOUR
    assert read["gone"].state is SourceState.GONE
    assert len(await world.items()) == 3
