import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from domain.errors import StoreBusyError, StoreError
from storage.faults import store_error


class _Coded(sqlite3.OperationalError):
    def __init__(self, code: int) -> None:
        super().__init__("secret")
        self.sqlite_errorcode = code
        self.sqlite_errorname = "SQLITE_NAME"


def _told(cause: BaseException) -> StoreError:
    return store_error(DBAPIError("SELECT secret", {"secret": 1}, cause))


@pytest.mark.parametrize(
    ("cause", "kind", "said"),
    [
        (_Coded(sqlite3.SQLITE_BUSY), StoreBusyError, "another process"),
        (_Coded(sqlite3.SQLITE_BUSY_SNAPSHOT), StoreBusyError, "another process"),
        (_Coded(sqlite3.SQLITE_FULL), StoreError, "the disk is full"),
        (_Coded(sqlite3.SQLITE_IOERR_READ), StoreError, "reading or writing"),
        (_Coded(sqlite3.SQLITE_CORRUPT), StoreError, "damaged"),
        (_Coded(sqlite3.SQLITE_READONLY), StoreError, "read-only"),
        (_Coded(sqlite3.SQLITE_CONSTRAINT_UNIQUE), StoreError, "SQLITE_NAME"),
        (psycopg.errors.LockNotAvailable("secret"), StoreBusyError, "another process"),
        (psycopg.errors.DeadlockDetected("secret"), StoreBusyError, "another process"),
        (psycopg.errors.DiskFull("secret"), StoreError, "out of disk"),
        (psycopg.errors.UndefinedTable("secret"), StoreError, "topicwire migrate"),
        (psycopg.errors.AdminShutdown("secret"), StoreError, "shutting down"),
        (psycopg.errors.UniqueViolation("secret"), StoreError, "23505"),
        (psycopg.OperationalError("secret"), StoreError, "cannot be reached"),
        (RuntimeError("secret"), StoreError, "RuntimeError"),
    ],
)
def test_each_fault_is_told_without_its_values(
    cause: BaseException, kind: type[StoreError], said: str
) -> None:
    error = _told(cause)
    assert type(error) is kind
    assert said in str(error)
    assert "secret" not in str(error)
    assert "\n" not in str(error)
