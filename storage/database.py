"""The connection to the store, and its two kinds of transaction.

Writers queue: one at a time in this process (an `asyncio.Lock`), and one at a time among all
processes (SQLite's BEGIN IMMEDIATE, an advisory lock on PostgreSQL). So a transaction that reads
and then writes loses no update, on either database, and rows appear in the order of their ids.
Readers see one snapshot and never wait for a writer.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Result, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from domain.errors import StoreBusyError, StoreError
from storage import driver
from storage.faults import BUSY, store_error

WRITERS_LOCK = 0x746F7069637769
"""Key of the advisory lock: any number that other users of the server do not take."""

Transaction = AsyncSession
"""What storage functions take first. Other packages pass it on and use nothing of it."""

READERS = 5
MAPPED = 1 << 30
"""So many bytes of an SQLite file are read through memory mapping, without a copy."""
LOG_PAGES = 4000
"""After so many pages, 16 MB, SQLite's log goes into the file, and a commit waits for that. By
default it is a quarter: in a fan-out that was every tenth commit, and here it is every fortieth."""
WAL_PAUSE = 0.02
"""In seconds."""

OPTIONS = {"synchronize_session": False}
"""An UPDATE of many rows must not fetch them to mend what the session remembers of them."""


class Database:
    """A store at `url`: `sqlite:///FILE` or `postgresql://…`.

    A writer that waits longer than `busy_timeout` seconds for another process gets a
    `StoreBusyError`. Nothing connects before the first transaction.
    """

    def __init__(self, url: str, *, busy_timeout: float = 10.0):
        address = _address(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.file = Path(address.database or "") if self.is_sqlite else None
        """The SQLite file, or None on PostgreSQL."""
        if self.is_sqlite:
            self._writer = _sqlite_engine(address, busy_timeout, writes=True)
            self._reader = _sqlite_engine(address, busy_timeout, writes=False)
        else:
            self._writer = _postgres_engine(address, busy_timeout)
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writing = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """Open a transaction that sees one state of the store and cannot change it.

        Raises `StoreError` in place of every driver's error, those of the body included.
        """
        async with _session(self._reader) as tx:
            yield tx

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """Open the one writing transaction: commits at the end, rolls back on any exception.

        Keep it short, and wait for nothing but the store inside it. Raises `StoreBusyError` if
        another process holds the store for too long, else `StoreError` as `read` does.
        """
        async with self._writing, _session(self._writer) as tx:
            if self.is_sqlite:
                await tx.connection()  # begins here, and not with the first statement
            else:
                await tx.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))
            yield tx

    async def dispose(self) -> None:
        """Close every connection."""
        await self._reader.dispose()
        await self._writer.dispose()


@asynccontextmanager
async def _session(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    try:
        async with (
            AsyncSession(engine, expire_on_commit=False, execution_options=OPTIONS) as tx,
            tx.begin(),
        ):
            yield tx
    except DBAPIError as error:
        # The frames are kept to find a defect by; the driver's text is not, as it can hold values.
        raise store_error(error).with_traceback(error.__traceback__) from None
    except PoolTimeoutError:
        raise StoreBusyError(BUSY) from None


def insert(table: type[SQLModel], *, on_sqlite: bool) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows ON CONFLICT, in the dialect of the database."""
    return sqlite.insert(table) if on_sqlite else postgresql.insert(table)


def is_sqlite(tx: Transaction) -> bool:
    """Tell which of the two databases the transaction is on."""
    return tx.get_bind().dialect.name == "sqlite"


def rows_changed(result: Result[Any]) -> int:
    """Return how many rows a statement wrote."""
    return max(result.rowcount, 0) if isinstance(result, CursorResult) else 0


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = URL.create("")
    match address.drivername:
        case "sqlite" | "sqlite+aiosqlite" if address.database not in (None, "", ":memory:"):
            return address.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return address.set(drivername="postgresql+psycopg")
    raise StoreError("the database's address must be sqlite:///FILE or postgresql://…")


def _sqlite_engine(address: URL, busy_timeout: float, *, writes: bool) -> AsyncEngine:
    engine = create_async_engine(
        address,
        hide_parameters=True,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        connect_args={"timeout": busy_timeout, "async_creator_fn": driver.connect},
    )
    pragmas = ["foreign_keys = ON"]
    if writes:
        pragmas += ["synchronous = FULL", f"wal_autocheckpoint = {LOG_PAGES}"]
    else:
        pragmas += ["query_only = ON", f"mmap_size = {MAPPED}"]

    @event.listens_for(engine.sync_engine, "do_connect")
    def try_first(*_: object) -> None:
        # A file that cannot be opened fails here: failing in the driver's own thread, which it
        # does not wait for, could outlast the event loop and end in a traceback.
        sqlite3.connect(address.database or "").close()

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it would do so at the first INSERT,
        # after the SELECT that the INSERT is founded on.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            if writes:
                _enter_wal(cursor, busy_timeout)
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _enter_wal(cursor: DBAPICursor, busy_timeout: float) -> None:
    """Turn a new file to WAL, which stays with the file.

    When several processes do so at once, SQLite refuses all but one without waiting.
    """
    deadline = time.monotonic() + busy_timeout
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(WAL_PAUSE)
        else:
            return


def _postgres_engine(address: URL, busy_timeout: float) -> AsyncEngine:
    # The idle limit frees the writers' lock of a process that hangs.
    options = (
        f"-c lock_timeout={int(busy_timeout * 1000)} -c timezone=UTC"
        " -c idle_in_transaction_session_timeout=60000"
    )
    return create_async_engine(
        address,
        hide_parameters=True,
        pool_size=READERS + 1,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 5},
    )
