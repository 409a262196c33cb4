"""The schema's version: bringing a store to the newest, and refusing one from the future."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from domain.errors import StoreError, StoreTooNewError
from storage.database import Database, Transaction

_SCRIPTS = Path(__file__).parent / "migrations"


async def upgrade(db: Database) -> None:
    """Bring the store to the newest schema; does nothing where it is so already.

    Everything is one transaction. Raises `StoreTooNewError` for a store that a newer version
    wrote, and `StoreError` if it cannot be used; the store is as it was then.
    """
    async with db.write() as tx:
        revision = await _revision(tx)
        _refuse_unknown(revision)
        if revision != _newest():
            await (await tx.connection()).run_sync(_run_revisions)


async def check_version(db: Database) -> None:
    """Raise `StoreTooNewError` or `StoreError` unless the store has the newest schema."""
    async with db.read() as tx:
        revision = await _revision(tx)
    _refuse_unknown(revision)
    if revision != _newest():
        raise StoreError("the store is of an older version: run `topicwire migrate`")


async def _revision(tx: Transaction) -> str | None:
    def current(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    return await (await tx.connection()).run_sync(current)


def _run_revisions(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_unknown(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreTooNewError("the store was written by a newer version of Topicwire")


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
