"""Backups of either database, into either: whole, private, and sending nothing twice."""

import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.errors import StoreBusyError, StoreError, StoreTooNewError
from domain.model import Item, Lane
from domain.query import parse
from domain.schedule import FOREVER
from domain.sources import SourceKind
from storage import backup, editions, outbox, preferences, sources
from storage.backup.settling import REASON
from storage.database import Database
from storage.migrate import check_version
from storage.search import find
from tests.factories import NOW, VOCABULARY, follow, make_draft, put
from tests.sending import broadcast, claim, expand_all, sent, shown

DAY = timedelta(days=1)


def nothing(_share: float) -> None:
    """Take no note of progress."""


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    db = Database(url)
    try:
        yield db
    finally:
        await db.dispose()


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def spoil(path: Path) -> None:
    path.write_bytes(b"no store at all" * 1000)


def share(path: Path) -> None:
    path.chmod(0o640)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def drafts_in(folder: Path) -> list[Path]:
    return list(folder.glob(".*.part*"))


async def restore(
    file: Path, url: str, folder: Path, *, force: bool = False
) -> tuple[backup.Settled, backup.Put]:
    """Do what the command does, a day later."""
    async with opened(url) as db, backup.prepare(file, folder) as prepared:
        saved = outbox.SavedQueries(VOCABULARY)
        settled = await backup.set_aside_uncertain(prepared, saved, now=NOW + DAY)
        done = await backup.put_in_place(prepared, db, now=NOW + DAY, force=force, progress=nothing)
        return settled, done


async def fill(db: Database) -> None:
    """Three chats: one message sent, one on its way, one waiting; a digest; a new item."""
    for chat_id in (1, 2, 3):
        await follow(db, chat_id)
    await follow(db, 4, schedule="daily 08:00")
    await broadcast(db, "First")
    one, *_ = await claim(db, 2)
    await sent(db, one)
    await put(db, make_draft("Second"), push=True)


async def all_wordings(db: Database) -> dict[int, Item]:
    async with db.read() as tx:
        found = await editions.items_of(tx, range(1, await editions.last(tx) + 1))
    return dict(sorted(found.items()))


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of another store than `db`, on the database that the test names."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere.db'}"
    url: str = request.getfixturevalue("another_postgresql_url")
    return url


@pytest.mark.parametrize("elsewhere", ["sqlite", "postgresql"], indirect=True)
async def test_a_backup_goes_into_either_database(
    db: Database, elsewhere: str, tmp_path: Path
) -> None:
    await fill(db)
    await put(db, make_draft("Second", body="In other words."))
    wordings = await all_wordings(db)
    assert [item.title for item in wordings.values()] == ["First", "Second", "Second"]
    async with db.write() as tx:  # the last number was given, and is free again
        await tx.execute(text("DELETE FROM subscription WHERE chat_id = 4"))
        await tx.execute(text("DELETE FROM delivery WHERE chat_id = 4"))
    file = tmp_path / "copy.backup"
    shares: list[float] = []
    await backup.back_up(db, file, shares.append)
    assert shares[-1] == 1.0
    assert mode_of(file) == 0o600
    settled, done = await restore(file, elsewhere, tmp_path)
    assert (settled.pushes, settled.digests, done.former) == (5, 0, None)
    async with opened(elsewhere) as copy:
        await check_version(copy)
        async with copy.read() as tx:
            found = await find(tx, parse("first", VOCABULARY), now=NOW)
            assert [item.title for item in found.items] == ["First"]
            before = await tx.scalar(text("SELECT max(id) FROM subscription"))
        assert await all_wordings(copy) == wordings
        await put(copy, make_draft("Third"))
        assert max(await all_wordings(copy)) == max(wordings) + 1
        subscription = await follow(copy, 5)
        assert subscription.id == (before or 0) + 2
    assert drafts_in(tmp_path) == []


async def test_what_may_have_been_sent_is_set_aside_and_can_be_sent(
    db: Database, sqlite_url: str, tmp_path: Path
) -> None:
    await fill(db)
    file = tmp_path / "copy.backup"
    await backup.back_up(db, file, nothing)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    settled, _ = await restore(file, url, tmp_path)
    # "First" to two chats and "Second" to three, and the digest that was due at eight.
    assert (settled.pushes, settled.digests) == (5, 1)
    later = NOW + 2 * DAY
    async with opened(url) as copy:
        assert await expand_all(copy, now=later) == []
        assert await claim(copy, now=later) == []
        async with copy.read() as tx:
            listed = await outbox.failed(tx, 100)
        assert {each.reason for each in listed} == {REASON}
        assert len(listed) == 6
        async with copy.write() as tx:
            assert await outbox.retry_failed(tx, None, later) == 6
        again = await claim(copy, now=later)
        assert {(1, "Second"), (2, "First"), (3, "First")} <= set(shown(again))
        assert [one.lane for one in again].count(Lane.DIGEST) == 1


async def test_what_is_held_for_later_digests_is_set_aside_too(
    db: Database, tmp_path: Path
) -> None:
    """The chats may have asked for it since: by another schedule, or by ending a pause."""
    await follow(db, 1, schedule="weekly mon 08:00")
    for query in ("first", "second"):
        await follow(db, 2, query=query, schedule="weekly mon 08:00")
    for chat_id in (3, 4):
        await follow(db, chat_id)
        async with db.write() as tx:
            await preferences.pause(tx, chat_id, FOREVER, NOW)
    await broadcast(db, "First", "Second")
    file = tmp_path / "copy.backup"
    await backup.back_up(db, file, nothing)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    settled, _ = await restore(file, url, tmp_path)
    assert settled == backup.Settled(0, 5)
    later = NOW + 7 * DAY
    async with opened(url) as copy:
        async with copy.write() as tx:
            for chat_id in (3, 4):
                await preferences.resume(tx, chat_id, later)
            await outbox.run_schedules(tx, now=later, limit=10)
        assert await claim(copy, now=later) == []
        async with copy.read() as tx:
            listed = await outbox.failed(tx, 10)
        assert sorted(len(one.items) for one in listed) == [1, 1, 2, 2, 2]
        async with copy.write() as tx:
            assert await outbox.retry_failed(tx, None, later) == 5
        again: list[tuple[int, int]] = []
        while claimed := await claim(copy, now=later):
            again += [(one.chat_id, len(one.items)) for one in claimed]
            await sent(copy, *claimed, now=later)
        assert sorted(again) == [(1, 2), (2, 1), (2, 1), (3, 2), (4, 2)]
        await broadcast(copy, "Third", now=later)
        async with copy.write() as tx:
            await outbox.run_schedules(tx, now=later + 7 * DAY, limit=10)
        (first, *_) = await claim(copy, now=later + 7 * DAY)
        assert [item.title for item in first.items] == ["Third"], "the next digest is a new one"


async def test_sources_count_as_never_read(db: Database, tmp_path: Path) -> None:
    async with db.write() as tx:
        source = await sources.add(
            tx, name="agency", title="", address="https://a.example/", kind=SourceKind.RSS, now=NOW
        )
        done = sources.Success(next_poll=NOW + DAY, etag="x")
        await sources.succeeded(tx, [(source, done)], now=NOW)
    file = tmp_path / "copy.backup"
    await backup.back_up(db, file, nothing)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    await restore(file, url, tmp_path)
    async with opened(url) as copy, copy.read() as tx:
        source = await sources.get(tx, "agency")
    assert (source.last_success, source.etag) == (None, None)


async def test_a_store_in_use_is_refused_unless_forced(
    db: Database, store_url: str, tmp_path: Path
) -> None:
    await fill(db)
    file = tmp_path / "copy.backup"
    await backup.back_up(db, file, nothing)
    with pytest.raises(StoreBusyError, match="stop Topicwire first"):
        await restore(file, store_url, tmp_path)
    async with db.read() as tx:
        assert (await outbox.pending(tx)).fanouts == 1
    await restore(file, store_url, tmp_path, force=True)


async def test_the_former_file_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    async with opened(sqlite_url) as db:
        await follow(db, 1)
        await backup.back_up(db, tmp_path / "copy.backup", nothing)
        await follow(db, 2)
    store = file_of(sqlite_url)
    share(store)
    _, done = await restore(tmp_path / "copy.backup", sqlite_url, tmp_path)
    assert mode_of(store) == 0o640
    assert done.former is not None
    for path, count in ((store, 1), (done.former, 2)):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM chat").fetchone() == (count,)


async def test_a_damaged_store_can_be_replaced(sqlite_url: str, tmp_path: Path) -> None:
    async with opened(sqlite_url) as db:
        await backup.back_up(db, tmp_path / "copy.backup", nothing)
    spoil(file_of(sqlite_url))
    await restore(tmp_path / "copy.backup", sqlite_url, tmp_path)
    async with opened(sqlite_url) as db:
        await check_version(db)


async def test_what_is_no_backup_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    async with opened(sqlite_url) as db:
        await put(db, *(make_draft(f"Number {number}") for number in range(50)))
        await backup.back_up(db, whole, nothing)
    data = whole.read_bytes()
    wrong = {
        "text": b"hello",
        "empty": b"",
        "cut": data[: len(data) // 2],
        "holed": data[:20_000] + b"\xaa" * 20_000 + data[40_000:],
    }
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError, match="is not a backup of Topicwire, or is damaged"):
            await restore(tmp_path / name, sqlite_url, tmp_path)
    with pytest.raises(StoreError, match="is not a file"):
        await restore(tmp_path / "none", sqlite_url, tmp_path)
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNewError):
        await restore(whole, sqlite_url, tmp_path)


async def test_a_backup_that_fails_leaves_the_earlier_one(sqlite_url: str, tmp_path: Path) -> None:
    store = file_of(sqlite_url)
    async with opened(sqlite_url) as db:
        with pytest.raises(StoreError, match="is the store itself"):
            await backup.back_up(db, store, nothing)
        with pytest.raises(StoreError, match="is a folder"):
            await backup.back_up(db, tmp_path, nothing)
        with pytest.raises(StoreError, match="No such file"):
            await backup.back_up(db, tmp_path / "none" / "copy", nothing)
        file = tmp_path / "copy"
        await backup.back_up(db, file, nothing)
        first = file.stat().st_ino
        await backup.back_up(db, file, nothing)
        assert file.stat().st_ino != first
    assert drafts_in(tmp_path) == []
