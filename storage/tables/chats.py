"""Chats and what they follow."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from storage.tables.base import NEVER_REUSED
from storage.tables.columns import BigId, UtcDateTime


def _where_set(column: str, *more: str) -> Index:
    """Index the chats that have something there: few of all."""
    is_set = text(f"{column} IS NOT NULL")
    return Index(f"ix_chat_{column}", column, *more, sqlite_where=is_set, postgresql_where=is_set)


class ChatRow(SQLModel, table=True):
    """A chat."""

    __tablename__: ClassVar[Any] = "chat"
    __table_args__ = (
        _where_set("paused_until"),
        _where_set("digest_due_at"),
        _where_set("quiet", "timezone"),
    )

    id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    state: str
    reason: str | None = None
    """Why it is not active."""
    timezone: str
    language: str | None = None
    quiet: str | None = None
    """Quiet hours, `22:00-07:00`."""
    daily_limit: int | None = None
    """Most items told one by one in a day."""
    empty_digests: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """True to be told where a digest would have nothing new."""
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Set while it is paused by its people."""
    digest_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When what is gathered goes out as a digest; till then pushes are gathered too."""
    day_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many items it was told one by one in the day that ends at `day_ends_at`."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class PausedThreadRow(SQLModel, table=True):
    """A thread of a chat that Telegram refuses; its messages go to the chat itself."""

    __tablename__: ClassVar[Any] = "paused_thread"

    chat_id: int = Field(primary_key=True, foreign_key="chat.id", ondelete="CASCADE", sa_type=BigId)
    thread_id: int = Field(
        primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False}
    )
    reason: str
    since: datetime = Field(sa_type=UtcDateTime)


class SavedQueryRow(SQLModel, table=True):
    """A canonical query that somebody follows; once, however many do."""

    __tablename__: ClassVar[Any] = "saved_query"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    text: str = Field(unique=True)


class SubscriptionRow(SQLModel, table=True):
    """A chat follows a query.

    `next_due_at` is None for `now`, but for the time in which its items are held for one digest:
    in a pause, or until a last digest of its former schedule.
    """

    __tablename__: ClassVar[Any] = "subscription"
    __table_args__ = (
        UniqueConstraint("chat_id", "query_id"),
        Index(None, "query_id", "chat_id"),
        # Only the rows that have a time: SQLite would look for those without one by it, which are
        # a million, in a fan-out.
        Index(
            "ix_subscription_next_due_at",
            "next_due_at",
            sqlite_where=text("next_due_at IS NOT NULL"),
            postgresql_where=text("next_due_at IS NOT NULL"),
        ),
        Index(
            "ix_subscription_digests",
            "query_id",
            "chat_id",
            sqlite_where=text("next_due_at IS NOT NULL"),
            postgresql_where=text("next_due_at IS NOT NULL"),
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    chat_id: int = Field(foreign_key="chat.id", ondelete="CASCADE", sa_type=BigId)
    query_id: int = Field(foreign_key="saved_query.id", sa_type=BigId)
    thread_id: int | None = Field(default=None, sa_type=BigId)
    """The forum topic that it was made in; its messages go there."""
    schedule: str
    next_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """In a pause of its own until then, while that is to come."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class QuietHoursRow(SQLModel, table=True):
    """Quiet hours that chats of a time zone have: those that are on, or the next ones."""

    __tablename__: ClassVar[Any] = "quiet_hours"

    timezone: str = Field(primary_key=True)
    hours: str = Field(primary_key=True)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
