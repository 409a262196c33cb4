"""Making a backup while the service runs."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from domain.errors import StoreError
from storage.backup import files
from storage.backup.copying import Progress, copy
from storage.database import Database
from storage.migrate import check_version, upgrade

LOOK_SECONDS = 0.2


async def back_up(db: Database, target: Path, progress: Progress) -> None:
    """Write one state of the store into a file, which takes the place of an earlier one at the end.

    Writers are not held up. Raises `StoreError` where the store or the file cannot be used, and
    leaves an earlier file as it was then.
    """
    await check_version(db)
    files.refuse(target, db.file)
    with files.draft(target) as path:
        if db.file is not None:
            await _vacuum(db.file, path, progress)
        else:
            await _gather(db, path, progress)
        files.put(path, target)
    progress(1.0)


async def _vacuum(store: Path, path: Path, progress: Progress) -> None:
    """Copy an SQLite file without what was deleted in it."""
    whole = max(files.size(store), 1)
    copying = asyncio.create_task(asyncio.to_thread(_vacuum_into, store, path))
    while not copying.done():
        await asyncio.wait({copying}, timeout=LOOK_SECONDS)
        progress(min(files.size(path) / whole, 1.0))
    await copying


def _vacuum_into(store: Path, path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", [str(path)])
    except sqlite3.Error as error:
        raise StoreError(f"the backup could not be made: {error}") from None


async def _gather(db: Database, path: Path, progress: Progress) -> None:
    """Copy a PostgreSQL store into an SQLite file, as one transaction sees it."""
    copy_db = Database(f"sqlite:///{path}")
    try:
        await upgrade(copy_db)
        async with db.read() as source, copy_db.write() as target:
            await copy(source, target, progress)
    finally:
        await copy_db.dispose()
    single_file(path)


def single_file(path: Path) -> None:
    """Leave the write-ahead log, so that a closed file is the whole store."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
