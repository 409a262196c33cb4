"""The schema's version: bringing a store to the newest, and refusing one from the future.

Alembic is loaded only where there is something to do: it takes 10 MB for as long as the process
runs.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from domain.errors import StoreError, StoreTooNewError
from storage.database import Database, Transaction

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"


async def upgrade(db: Database) -> None:
    """Bring the store to the newest schema; does nothing where it is so already.

    Everything is one transaction. Raises `StoreTooNewError` for a store that a newer version
    wrote, and `StoreError` if it cannot be used; the store is as it was then.
    """
    async with db.write() as tx:
        revision = await _revision(tx)
        _refuse_unknown(revision)
        if revision != revisions()[-1]:
            await (await tx.connection()).run_sync(_run_revisions)


async def check_version(db: Database) -> None:
    """Raise `StoreTooNewError` or `StoreError` unless the store has the newest schema."""
    async with db.read() as tx:
        revision = await _revision(tx)
    _refuse_unknown(revision)
    if revision != revisions()[-1]:
        raise StoreError("the store is of an older version: run `topicwire migrate`")


def revisions() -> list[str]:
    """Return all revisions, the oldest first: what the names of their scripts begin with."""
    scripts = (_SCRIPTS / "versions").glob("[0-9]*.py")
    return sorted(script.name.partition("_")[0] for script in scripts)


async def _revision(tx: Transaction) -> str | None:
    def current(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return str(found) if found is not None else None

    return await (await tx.connection()).run_sync(current)


def _run_revisions(connection: Connection) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_unknown(revision: str | None) -> None:
    if revision is not None and revision not in revisions():
        raise StoreTooNewError("the store was written by a newer version of Topicwire")


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
