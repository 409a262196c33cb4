"""What the running service keeps about itself."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Double
from sqlmodel import Field, SQLModel

from storage.tables.columns import BigId, UtcDateTime


class LeaseRow(SQLModel, table=True):
    """Who holds a role that one process at a time may have, and until when."""

    __tablename__: ClassVar[Any] = "lease"

    name: str = Field(primary_key=True)
    owner: str
    until: datetime = Field(sa_type=UtcDateTime)


class HoldRow(SQLModel, table=True):
    """Until when Telegram wants nothing for a chat, or, as chat 0, nothing at all."""

    __tablename__: ClassVar[Any] = "hold"

    chat_id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    until: datetime = Field(sa_type=UtcDateTime)


class StoreVersionRow(SQLModel, table=True):
    """One row that counts the changes to items, so that caches know when to look again."""

    __tablename__: ClassVar[Any] = "store_version"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int = Field(sa_type=BigId)


class TickRow(SQLModel, table=True):
    """When a tick last looked at the clock, so that a clock which was set back is noticed."""

    __tablename__: ClassVar[Any] = "tick"

    name: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    position: int | None = Field(default=None, sa_type=BigId)
    """How far the walk has come that mends what a wrong clock did; None where none is on."""


class AdditionRow(SQLModel, table=True):
    """An item that came with a version of the store, when nothing else changed with it.

    No foreign key: the rows are short-lived, and an item that is gone does no harm.
    """

    __tablename__: ClassVar[Any] = "addition"

    version: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    item_id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})


class TallyRow(SQLModel, table=True):
    """A figure that senders keep of their work, for whoever watches from another process."""

    __tablename__: ClassVar[Any] = "tally"

    name: str = Field(primary_key=True)
    label: str = Field(primary_key=True)
    """What it is counted by; empty where by nothing."""
    value: float = Field(sa_type=Double)
    at: datetime = Field(sa_type=UtcDateTime)
    """When it changed last."""
