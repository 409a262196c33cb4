"""aiosqlite with one visit to a connection's thread for each statement.

As it comes, a cursor goes there and back four times: to be made, to execute, to fetch and to be
closed. That costs more than most of our statements do.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, Self

import aiosqlite
from aiosqlite.context import contextmanager

AHEAD: Final = 1000
"""So many rows are fetched at once with a statement's execution."""


class Connection(aiosqlite.Connection):
    """A connection whose cursors read ahead."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        # One that nobody closed must not keep the process from ending.
        self._thread.daemon = True

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        """Return a cursor that reads ahead; it is made here, without a visit."""
        return Cursor(self, self._conn.cursor())

    async def commit(self) -> None:
        """Commit, if there is something to be committed."""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if there is something to be rolled back."""
        if self.in_transaction:
            await super().rollback()


class Cursor(aiosqlite.Cursor):
    """A cursor that fetches the first rows while it executes."""

    def __init__(self, connection: Connection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._ahead: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        """Execute a statement, and fetch its first rows."""
        visit: Callable[..., Awaitable[list[Any]]] = self._execute
        self._ahead = await visit(self._executed, sql, parameters or ())
        return self

    def _executed(self, sql: str, parameters: Any) -> list[Any]:
        self._cursor.execute(sql, parameters)
        return self._cursor.fetchmany(AHEAD) if self._cursor.description else []

    async def fetchone(self) -> Any:
        """Return the next row, None after the last."""
        return self._ahead.pop(0) if self._ahead else await super().fetchone()

    async def fetchmany(self, size: int | None = None) -> Iterable[Any]:
        """Return at least one of the next rows and at most `size`, none after the last."""
        if not self._ahead:
            return await super().fetchmany(size)
        size = size or self.arraysize
        rows, self._ahead = self._ahead[:size], self._ahead[size:]
        return rows

    async def fetchall(self) -> Iterable[Any]:
        """Return all rows that are left."""
        rows, self._ahead = self._ahead, []
        return rows if len(rows) < AHEAD else [*rows, *await super().fetchall()]

    async def close(self) -> None:
        """Close, without a visit: nothing executes when a cursor is closed."""
        self._cursor.close()


async def connect(database: str, **options: Any) -> Connection:
    """Open a connection; takes what `sqlite3.connect` takes."""
    options["check_same_thread"] = False  # cursors are made and closed where they are asked for
    connection = Connection(lambda: sqlite3.connect(database, **options), AHEAD)
    await connection
    return connection
