"""Chats and what they follow."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.base import NEVER_REUSED
from storage.tables.columns import BigId, UtcDateTime


class ChatRow(SQLModel, table=True):
    """A chat."""

    __tablename__: ClassVar[Any] = "chat"

    id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    state: str
    reason: str | None = None
    """Why it is not active."""
    timezone: str
    language: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class SavedQueryRow(SQLModel, table=True):
    """A canonical query that somebody follows; once, however many do."""

    __tablename__: ClassVar[Any] = "saved_query"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    text: str = Field(unique=True)


class SubscriptionRow(SQLModel, table=True):
    """A chat follows a query. `next_due_at` is None for `now`."""

    __tablename__: ClassVar[Any] = "subscription"
    __table_args__ = (
        UniqueConstraint("chat_id", "query_id"),
        Index(None, "query_id", "chat_id"),
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
    schedule: str
    next_due_at: datetime | None = Field(default=None, index=True, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
