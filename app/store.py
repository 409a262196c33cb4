"""Opens the store that the settings name, at the newest schema."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.settings import Settings
from domain.errors import StoreError
from storage.database import Database
from storage.migrate import upgrade


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Database]:
    """Yield the store, migrated; raises `StoreError` where it cannot be used."""
    if not settings.database_url.get_secret_value():
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"DATA_DIR cannot be made: {error.strerror}") from None
    db = Database(settings.store_url)
    try:
        await upgrade(db)
        yield db
    finally:
        await db.dispose()
