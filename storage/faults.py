"""What a driver's error means to the person who runs Topicwire.

The messages hold no address with a password, no SQL and no stored value: a driver's own text can
hold all three.
"""

from sqlalchemy.exc import DBAPIError

from domain.errors import StoreBusyError, StoreError

_SQLITE = {
    8: "the store cannot be written: it is read-only",
    10: "reading or writing the store's file failed",
    11: "the store's file is damaged",
    13: "the disk is full",
    14: "the store's file cannot be opened",
    26: "the store's file is not a SQLite database",
}
"""By primary result code (https://www.sqlite.org/rescode.html)."""
_SQLITE_BUSY = (5, 6)

_POSTGRES = {
    "08": "the connection to PostgreSQL was lost",
    "42": "the store's tables are not those of this version: run `topicwire migrate`",
    "53": "PostgreSQL is out of disk, memory or connections",
    "57": "PostgreSQL is shutting down or ended the statement",
}
"""By class of SQLSTATE (PostgreSQL manual, appendix A)."""
_POSTGRES_BUSY = ("55P03", "40P01", "40001", "57014", "25P03")

BUSY = "the store was held by another process for too long; try again"


def store_error(error: DBAPIError) -> StoreError:
    """Return the error to raise in place of a driver's."""
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _of_sqlite(code & 0xFF, getattr(cause, "sqlite_errorname", type(cause).__name__))
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        return _of_postgres(state)
    if error.connection_invalidated or type(cause).__name__ == "OperationalError":
        return StoreError("PostgreSQL cannot be reached, or refuses the user or the database")
    return StoreError(f"the store refused a statement ({type(cause).__name__})")


def _of_sqlite(code: int, name: str) -> StoreError:
    if code in _SQLITE_BUSY:
        return StoreBusyError(BUSY)
    return StoreError(_SQLITE.get(code, f"the store refused a statement ({name})"))


def _of_postgres(state: str) -> StoreError:
    if state in _POSTGRES_BUSY:
        return StoreBusyError(BUSY)
    return StoreError(_POSTGRES.get(state[:2], f"the store refused a statement ({state})"))
