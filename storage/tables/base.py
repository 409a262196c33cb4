"""What all tables have in common."""

from typing import Any

from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""Buttons and claims name rows by id, so a new row must not get the id of one that is gone."""
