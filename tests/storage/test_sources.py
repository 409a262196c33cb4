from datetime import timedelta
from typing import Any

import pytest

from domain.errors import InputError, NotFoundError
from domain.sources import Hints, Selectors, Source, SourceKind, SourceState
from storage import sources
from storage.database import Database
from tests.factories import NOW

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=10)


async def add(db: Database, name: str, address: str = "", **parts: Any) -> Source:
    given: dict[str, Any] = {"title": name, "kind": SourceKind.RSS, "now": NOW} | parts
    async with db.write() as tx:
        return await sources.add(
            tx, name=name, address=address or f"https://{name}.example/", **given
        )


async def get(db: Database, name: str) -> Source:
    async with db.read() as tx:
        return await sources.get(tx, name)


async def claim(db: Database, busy: set[str] | None = None, limit: int = 10) -> list[str]:
    async with db.write() as tx:
        found = await sources.claim(tx, now=NOW, lease=LEASE, limit=limit, busy=busy or set())
    return [source.name for source in found]


async def test_a_source_is_added_once(db: Database) -> None:
    selectors = Selectors(item="li", date="time")
    added = await add(db, "one", kind=SourceKind.SELECTORS, selectors=selectors)
    assert await get(db, "one") == added
    assert (added.selectors, added.next_poll, added.hints) == (selectors, NOW, Hints())
    for name, address in (("one", "https://other.example/"), ("other", added.address)):
        with pytest.raises(InputError, match="one"):
            await add(db, name, address)


async def test_a_removed_one_is_not_there(db: Database) -> None:
    await add(db, "one")
    async with db.write() as tx:
        await sources.remove(tx, "one")
    with pytest.raises(NotFoundError):
        await get(db, "one")


async def test_claims(db: Database) -> None:
    await add(db, "a1", "https://a.example/1")
    await add(db, "a2", "https://a.example/2")
    await add(db, "b")
    await add(db, "c")
    await add(db, "l1", "http://127.0.0.1/1")
    await add(db, "l2", "http://127.0.0.1/2")
    assert await claim(db, busy={"b.example"}, limit=2) == ["a1", "c"]
    assert await claim(db, busy={"b.example"}) == ["a2", "l1", "l2"]
    assert await claim(db) == ["b"]
    assert await claim(db) == []
    async with db.read() as tx:
        assert not await sources.any_due(tx, NOW)
        assert await sources.any_due(tx, NOW + LEASE)


async def test_claiming_by_name(db: Database) -> None:
    await add(db, "one")
    two = await add(db, "two")
    async with db.write() as tx:
        gone = sources.Failure(problem="it is gone", next_poll=None, reported=True)
        await sources.failed(tx, [(two, gone)], now=NOW)
        everything = await sources.claim_now(tx, [], now=NOW, lease=LEASE)
        by_name = await sources.claim_now(tx, ["two"], now=NOW, lease=LEASE)
        with pytest.raises(NotFoundError):
            await sources.claim_now(tx, ["three"], now=NOW, lease=LEASE)
    assert [source.name for source in everything] == ["one"]
    assert [source.state for source in by_name] == [SourceState.GONE]


async def test_a_paused_one_is_read_by_name_alone_until_it_is_resumed(db: Database) -> None:
    one = await add(db, "one")
    async with db.write() as tx:
        assert await sources.claim_now(tx, [], now=NOW, lease=LEASE)
        await sources.pause(tx, "one")
        await sources.succeeded(tx, [(one, sources.Success(next_poll=NOW, added=2))], now=NOW)
    paused = await get(db, "one")
    assert (paused.state, paused.next_poll, paused.items) == (SourceState.PAUSED, None, 2)
    async with db.write() as tx:
        assert await sources.claim_now(tx, [], now=NOW, lease=LEASE) == []
        assert await sources.claim_now(tx, ["one"], now=NOW, lease=LEASE) == [paused]
        lost = sources.Failure(problem="it hangs", next_poll=NOW, reported=False)
        await sources.failed(tx, [(paused, lost)], now=NOW)
    assert await claim(db) == []
    async with db.write() as tx:
        await sources.resume(tx, "one", NOW)
        with pytest.raises(NotFoundError):
            await sources.pause(tx, "two")
        with pytest.raises(NotFoundError):
            await sources.resume(tx, "two", NOW)
    assert await claim(db) == ["one"]
    due = (await get(db, "one")).next_poll
    async with db.write() as tx:
        await sources.resume(tx, "one", NOW)
    assert (await get(db, "one")).next_poll == due


async def test_one_that_was_gone_can_be_resumed(db: Database) -> None:
    one = await add(db, "one")
    gone = sources.Failure(problem="it is gone", next_poll=None, reported=True)
    async with db.write() as tx:
        await sources.failed(tx, [(one, gone)], now=NOW)
        await sources.resume(tx, "one", NOW)
    assert await claim(db) == ["one"]


async def test_notes_on_a_success(db: Database) -> None:
    one, two = await add(db, "one"), await add(db, "two")
    hints = Hints(pace=HOUR, ttl=HOUR * 2, skip_hours=frozenset((1, 2)), skip_days=frozenset((6,)))
    moved = sources.Success(
        next_poll=NOW + HOUR,
        etag='"x"',
        digest="d",
        hints=hints,
        kind=SourceKind.ATOM,
        address="https://new.example/feed",
        added=3,
    )
    taken = sources.Success(next_poll=NOW + HOUR, address="https://new.example/feed", added=1)
    async with db.write() as tx:
        await sources.succeeded(tx, [(one, moved)], now=NOW)
        await sources.succeeded(tx, [(two, taken)], now=NOW)
        await sources.succeeded(tx, [], now=NOW)
    one, two = await get(db, "one"), await get(db, "two")
    assert (one.address, one.kind, one.hints) == (moved.address, SourceKind.ATOM, hints)
    assert (one.etag, one.digest, one.items, one.last_success) == ('"x"', "d", 3, NOW)
    assert two.address == "https://two.example/"
    assert await claim(db, busy={"new.example"}) == []


async def test_notes_on_a_failure_and_after_it(db: Database) -> None:
    one = await add(db, "one")
    failure = sources.Failure(problem="it hangs", next_poll=NOW + HOUR, reported=True)
    for count in (1, 2):
        async with db.write() as tx:
            await sources.failed(tx, [(one, failure)], now=NOW)
        one = await get(db, "one")
        assert (one.failures, one.problem, one.reported) == (count, "it hangs", True)
    async with db.write() as tx:
        await sources.succeeded(tx, [(one, sources.Success(next_poll=NOW))], now=NOW)
        await sources.remove(tx, "one")
        await sources.failed(tx, [(one, failure)], now=NOW)
