"""Backups: made of the store that the settings name, and put in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.settings import Settings
from domain.errors import StoreError
from seeds.data import load_vocabulary
from storage import backup, chats, items
from storage.database import Database
from storage.outbox import SavedQueries

Progress = Callable[[float], None]
"""Is told how much of the work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored store holds, and what became of the former one."""

    items: int
    chats: int
    set_aside: int
    """Messages that may have been sent since the backup was made."""
    former: Path | None


async def make_backup(settings: Settings, target: Path, progress: Progress) -> None:
    """Write the store into a file; raises `StoreError`."""
    db = Database(settings.store_url)
    try:
        await backup.back_up(db, target, progress)
    finally:
        await db.dispose()


async def restore_backup(
    settings: Settings, source: Path, *, now: datetime, force: bool, progress: Progress
) -> Restored:
    """Put a backup in the store's place; the store is as it was if that cannot be.

    Raises `StoreBusyError` while the store is in use, unless forced, and `StoreError`.
    """
    db = Database(settings.store_url)
    folder = db.file.parent if db.file is not None else settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {error.strerror}") from None
    try:
        async with backup.prepare(source, folder) as prepared:
            saved = SavedQueries(load_vocabulary(settings.topics_file))
            settled = await backup.set_aside_uncertain(prepared, saved, now=now)
            async with prepared.read() as tx:
                total = (await items.counts(tx)).total
                talking = sum((await chats.counts(tx)).values())
            put = await backup.put_in_place(prepared, db, now=now, force=force, progress=progress)
    finally:
        await db.dispose()
    return Restored(total, talking, settled.pushes + settled.digests, put.former)
