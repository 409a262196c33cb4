import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from domain.errors import StoreError, StoreTooNewError
from storage import migrate
from storage.database import Database
from storage.migrate import check_version, revisions, upgrade
from storage.tables import metadata


def _drift(connection: Connection) -> list[object]:
    """Compare tables with metadata; FTS5's tables and PostgreSQL's index are not in both."""

    def is_shared(_item: object, name: str | None, kind: str, *_: object) -> bool:
        on_sqlite = connection.dialect.name == "sqlite"
        return not (
            (kind == "table" and (name or "").startswith("search_fts"))
            or (kind == "index" and name == "ix_search_vector" and on_sqlite)
        )

    options = {"compare_type": True, "include_object": is_shared}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_an_upgraded_store_has_the_tables_that_the_code_names(db: Database) -> None:
    async with db.read() as tx:
        assert await (await tx.connection()).run_sync(_drift) == []
    await check_version(db)
    await upgrade(db)


def test_scripts_are_named_after_their_revisions() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    scripts = ScriptDirectory(str(folder)).walk_revisions()
    assert revisions() == [script.revision for script in scripts][::-1]


async def test_a_store_from_the_future_is_refused_and_left_alone(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuse in (upgrade, check_version):
        with pytest.raises(StoreTooNewError, match="newer version"):
            await refuse(db)
    async with db.read() as tx:
        revision = await tx.scalar(text("SELECT version_num FROM alembic_version"))
    assert revision == "9999"


async def test_an_empty_store_is_to_be_migrated_first(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'a % b' / 'store.db'}")
    (tmp_path / "a % b").mkdir()
    with pytest.raises(StoreError, match="topicwire migrate"):
        await check_version(db)
    await upgrade(db)
    await check_version(db)
    await db.dispose()


async def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    databases = [Database(f"sqlite:///{tmp_path / 'store.db'}") for _ in range(3)]
    await asyncio.gather(*map(upgrade, databases))
    await check_version(databases[0])
    for db in databases:
        await db.dispose()
