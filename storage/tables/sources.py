"""Upstream sources."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import NEVER_REUSED
from storage.tables.columns import BigId, UtcDateTime


class SourceRow(SQLModel, table=True):
    """A source and how reading it went. `next_poll_at` is set exactly while it is on."""

    __tablename__: ClassVar[Any] = "source"
    __table_args__ = (
        Index(
            "ix_source_due",
            "next_poll_at",
            sqlite_where=text("next_poll_at IS NOT NULL"),
            postgresql_where=text("next_poll_at IS NOT NULL"),
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    name: str = Field(unique=True)
    title: str
    address: str = Field(unique=True)
    host: str
    """See `domain.sources.addresses.host_of`: one poll at a time of each."""
    kind: str
    selectors: str | None = None
    """As JSON."""
    state: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    hints: str = "{}"
    """As JSON."""
    next_poll_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_poll_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_success_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    items: int = 0
    failures: int = 0
    problem: str | None = None
    reported: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class SubscribedRow(SQLModel, table=True):
    """A source's hub (WebSub), and how long it has promised to tell us of changes."""

    __tablename__: ClassVar[Any] = "subscribed"

    source_id: int = Field(
        primary_key=True,
        foreign_key="source.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    hub: str
    topic: str
    token: str = Field(unique=True)
    """Last part of our address that the hub calls; nobody else knows it."""
    secret: str
    """Key of the signatures under what the hub sends."""
    asked_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None until the hub has asked back."""
