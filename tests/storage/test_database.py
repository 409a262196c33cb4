import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.engine import make_url
from sqlmodel import col

from domain.errors import StoreBusyError, StoreError
from storage.database import Database, insert, is_sqlite, rows_changed
from storage.tables import StoreVersionRow


async def _version(db: Database) -> int:
    async with db.read() as tx:
        return (await tx.execute(select(col(StoreVersionRow.version)))).scalar_one()


async def test_writes_are_kept_and_seen_by_readers(db: Database) -> None:
    async with db.write() as tx:
        result = await tx.execute(update(StoreVersionRow).values(version=7))
        assert rows_changed(result) == 1
    assert await _version(db) == 7


async def test_an_exception_rolls_back_and_is_not_changed(db: Database) -> None:
    async def fail() -> None:
        async with db.write() as tx:
            await tx.execute(update(StoreVersionRow).values(version=7))
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await _version(db) == 0


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(StoreError):
        async with db.read() as tx:
            await tx.execute(update(StoreVersionRow).values(version=7))
    assert await _version(db) == 0


async def test_a_reader_keeps_its_snapshot_and_does_not_wait(db: Database) -> None:
    version = select(col(StoreVersionRow.version))
    async with db.read() as reader:
        assert (await reader.execute(version)).scalar_one() == 0
        async with db.write() as tx:
            await tx.execute(update(StoreVersionRow).values(version=7))
        assert (await reader.execute(version)).scalar_one() == 0
    assert await _version(db) == 7


async def test_no_update_is_lost_between_writers_of_two_processes(store_url: str) -> None:
    """Two `Database` objects share nothing but the store, as two processes do."""
    databases = [Database(store_url), Database(store_url)]

    async def count_up(db: Database, times: int) -> None:
        for _ in range(times):
            async with db.write() as tx:
                row = await tx.get_one(StoreVersionRow, 1)
                await asyncio.sleep(0)
                row.version += 1

    await asyncio.gather(*(count_up(databases[number % 2], 30) for number in range(12)))
    assert await _version(databases[0]) == 360
    for db in databases:
        await db.dispose()


async def test_another_process_that_holds_the_store_is_a_busy_error(store_url: str) -> None:
    holder, waiter = Database(store_url), Database(store_url, busy_timeout=0.2)
    async with holder.write() as tx:
        await tx.execute(update(StoreVersionRow).values(version=7))
        with pytest.raises(StoreBusyError, match="held by another process"):
            async with waiter.write():
                pass
    await waiter.dispose()
    await holder.dispose()


async def test_too_many_readers_are_a_busy_error(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = Database(store_url)
    pool = db._reader.pool
    monkeypatch.setattr(pool, "_timeout", 0.05)
    readers = [db.read() for _ in range(6)]
    for reader in readers[:5]:
        tx = await reader.__aenter__()
        await tx.execute(select(func.count(col(StoreVersionRow.id))))
    if not db.is_sqlite:
        extra = db.read()
        await (await extra.__aenter__()).execute(text("SELECT 1"))
    with pytest.raises(StoreBusyError):
        async with readers[5] as tx:
            await tx.execute(text("SELECT 1"))
    for reader in readers[:5]:
        await reader.__aexit__(None, None, None)
    if not db.is_sqlite:
        await extra.__aexit__(None, None, None)
    await db.dispose()


async def test_errors_tell_no_value_and_no_statement(db: Database) -> None:
    with pytest.raises(StoreError) as caught:
        async with db.write() as tx:
            await tx.execute(
                insert(StoreVersionRow, on_sqlite=is_sqlite(tx)).values(id=1, version=987654321)
            )
    message = str(caught.value)
    assert "987654321" not in message
    assert "INSERT" not in message
    assert caught.value.__suppress_context__
    names = [entry.name for entry in caught.traceback]
    assert "test_errors_tell_no_value_and_no_statement" in names


async def test_sqlite_is_durable_and_shared(sqlite_url: str) -> None:
    db = Database(sqlite_url)
    async with db.write() as tx:
        assert is_sqlite(tx)
        modes = [
            (await tx.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert modes == ["wal", 2, 1, 10_000]
    await db.dispose()


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://root:secret@host/db", "http://x"],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="must be sqlite:///FILE or postgresql://") as caught:
        Database(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
async def test_a_server_that_is_not_there_is_told_without_the_password(scheme: str) -> None:
    db = Database(f"{scheme}://user:hush@127.0.0.1:9/none")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        await _version(db)
    assert "hush" not in str(caught.value)
    await db.dispose()


async def test_a_missing_postgres_database_is_told(postgresql_url: str) -> None:
    missing = make_url(postgresql_url).set(database="none")
    db = Database(missing.render_as_string(hide_password=False))
    with pytest.raises(StoreError, match="refuses the user or the database"):
        async with db.write():
            pass
    await db.dispose()


async def test_files_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"not a database, but long enough to be taken for one" * 100)
    for path, said in ((garbage, "not a SQLite"), (tmp_path / "no" / "dir.db", "cannot be opened")):
        db = Database(f"sqlite:///{path}")
        with pytest.raises(StoreError, match=said):
            async with db.write():
                pass
        await db.dispose()


async def test_a_new_file_that_another_program_reads_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE one (number)")
    other.execute("BEGIN")
    other.execute("SELECT * FROM one").fetchall()
    db = Database(f"sqlite:///{path}", busy_timeout=0.1)
    with pytest.raises(StoreBusyError):
        async with db.write():
            pass
    other.execute("COMMIT")
    async with db.write() as tx:
        assert await tx.scalar(text("PRAGMA journal_mode")) == "wal"
    other.close()
    await db.dispose()


async def test_sqlite_locked_by_another_program_is_busy(sqlite_url: str) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    db = Database(sqlite_url, busy_timeout=0.1)
    with pytest.raises(StoreBusyError):
        async with db.write():
            pass
    other.close()
    await db.dispose()
