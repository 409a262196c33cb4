"""Putting a backup in the place of a store."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from domain.errors import StoreBusyError, StoreError
from storage.backup import files
from storage.backup.copying import Progress, copy
from storage.backup.making import single_file
from storage.database import Database
from storage.migrate import upgrade

NOT_ONE = "is not a backup of Topicwire, or is damaged"
RUNNING = "the store is in use: stop Topicwire first"


@dataclass(frozen=True, slots=True)
class Put:
    """What became of the store that was there: None, or where it is kept."""

    former: Path | None


@asynccontextmanager
async def prepare(backup: Path, folder: Path) -> AsyncIterator[Database]:
    """Yield a checked copy of a backup, brought to the newest schema, in a folder of its target.

    Raises `StoreError` for a file that is none or is damaged, `StoreTooNewError` for one of a
    newer version.
    """
    with files.draft(folder / backup.name) as path:
        await asyncio.to_thread(_copy_checked, backup, path)
        db = Database(f"sqlite:///{path}")
        try:
            await upgrade(db)
            yield db
        finally:
            await db.dispose()


async def put_in_place(
    prepared: Database, db: Database, *, now: datetime, force: bool, progress: Progress
) -> Put:
    """Let the prepared copy be the store from now on.

    Raises `StoreBusyError` where another process uses the store, unless forced. An SQLite file that
    was there is kept beside it; in PostgreSQL the rows are replaced in one transaction.
    """
    if db.file is not None and prepared.file is not None:
        await prepared.dispose()
        return await asyncio.to_thread(_put_file, prepared.file, db.file, now, force)
    await upgrade(db)
    if not force and await _others(db):
        raise StoreBusyError(RUNNING)
    async with prepared.read() as source, db.write() as target:
        await copy(source, target, progress)
    return Put(None)


def _copy_checked(backup: Path, path: Path) -> None:
    if not backup.is_file():
        raise StoreError(f"{backup}: is not a file")
    address = f"{backup.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
            found = target.execute("PRAGMA integrity_check").fetchone()
            target.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        raise StoreError(f"{backup}: {NOT_ONE}") from None
    if found != ("ok",):
        raise StoreError(f"{backup}: {NOT_ONE}")


def _put_file(path: Path, store: Path, now: datetime, force: bool) -> Put:  # noqa: FBT001
    single_file(path)
    if not store.exists():
        files.put(path, store)
        return Put(None)
    if not force and _is_open(store):
        raise StoreBusyError(RUNNING)
    files.like(path, store)
    former = store.with_name(f"{store.name}.before-{now:%Y%m%dT%H%M%SZ}")
    # What belongs to the former file goes with it: with another file it would be taken for its own.
    for own, kept in zip(files.beside(store), files.beside(former), strict=True):
        if own.exists():
            own.replace(kept)
    store.replace(former)
    files.put(path, store)
    return Put(former)


def _is_open(store: Path) -> bool:
    """Tell whether another process has the file open: only the last can leave the log."""
    try:
        with closing(sqlite3.connect(store, timeout=0.5)) as connection:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    except sqlite3.DatabaseError:  # damaged, which may be why there is a restore
        return False
    return bool(mode != ("delete",))


async def _others(db: Database) -> int:
    async with db.read() as tx:
        found = await tx.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        )
    return int(found or 0)
