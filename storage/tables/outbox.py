"""The way of an item to the chats."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.base import NEVER_REUSED
from storage.tables.columns import BigId, UtcDateTime

FIRST_CHAT = -(2**63)
LAST_CHAT = 2**63 - 1
"""Less than any chat's id, and no less than any."""


class Stage(StrEnum):
    """What a fan-out is at."""

    MATCHING = "matching"
    PUSHES = "pushes"
    DIGESTS = "digests"
    WITHDRAWAL = "withdrawal"
    """The item was withdrawn: what waits is taken back."""


class State(StrEnum):
    """Where a message, or an item for a chat, has come to."""

    HELD = "held"
    """Waits for its subscription's next digest."""
    GATHERED = "gathered"
    """Waits for its chat's own digest: the chat is paused, or was told enough for today."""
    IN_DIGEST = "digest"
    """Is part of a digest, whose own row tells the rest."""
    PENDING = "pending"
    QUIET = "quiet"
    """Pending, and waits for the end of its chat's quiet hours."""
    LEASED = "leased"
    """Claimed by a dispatcher."""
    SENT = "sent"
    FAILED = "failed"
    """Cannot be sent: set aside with its reason."""
    CANCELLED = "cancelled"


class FanoutRow(SQLModel, table=True):
    """A new item on its way to the outbox, and how far it has come; gone when all is written."""

    __tablename__: ClassVar[Any] = "fanout"

    item_id: int = Field(
        primary_key=True,
        foreign_key="item.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    stage: str
    query_id: int = Field(sa_type=BigId)
    """The last query noted, while matching."""
    chat_id: int = Field(sa_type=BigId)
    """The last chat done, in the later stages."""


class FanoutQueryRow(SQLModel, table=True):
    """A saved query that an item on its way matches."""

    __tablename__: ClassVar[Any] = "fanout_query"

    item_id: int = Field(
        primary_key=True, foreign_key="fanout.item_id", ondelete="CASCADE", sa_type=BigId
    )
    query_id: int = Field(primary_key=True, sa_type=BigId)
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Only subscriptions made after this count: the earlier ones were told the story."""


class EditRow(SQLModel, table=True):
    """A changed item whose messages are to be edited, and how far that has come.

    One row an item: a further change begins anew, so that a message is edited to what is newest.
    """

    __tablename__: ClassVar[Any] = "edit"

    item_id: int = Field(
        primary_key=True,
        foreign_key="item.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    version_id: int = Field(sa_type=BigId)
    """The version of the story whose messages are in work."""
    chat_id: int = Field(sa_type=BigId)
    """The last chat done for it."""
    attempts: int
    """Tries in vain at the next message."""


class Outgoing(SQLModel):
    """What one message to one chat and its sending have in common.

    `due_at` is set exactly while the message waits or is claimed, and then says when it can be
    claimed next: for a claimed one, that is the end of its lease.
    """

    chat_id: int = Field(sa_type=BigId)
    state: str
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owner: str | None = None
    """Who claimed it last."""
    attempts: int = 0
    """Claims so far, less those given back."""
    plain: bool = False
    reason: str | None = None
    message_id: int | None = Field(default=None, sa_type=BigId)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def _outgoing_indexes(table: str) -> tuple[Index, Index, Index]:
    """Indexes over few rows: the queue by time, each chat's messages in order, those set aside."""
    is_open, is_failed = text("due_at IS NOT NULL"), text("state = 'failed'")
    return (
        Index(f"ix_{table}_due", "due_at", "id", sqlite_where=is_open, postgresql_where=is_open),
        Index(f"ix_{table}_chat", "chat_id", "id", sqlite_where=is_open, postgresql_where=is_open),
        Index(
            f"ix_{table}_failed",
            "settled_at",
            "id",
            sqlite_where=is_failed,
            postgresql_where=is_failed,
        ),
    )


class DigestRow(Outgoing, table=True):
    """Items as one message: a subscription's of one period, or what a chat had gathered."""

    __tablename__: ClassVar[Any] = "digest"
    __table_args__ = (
        UniqueConstraint("subscription_id", "period"),
        *_outgoing_indexes("digest"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    chat_id: int = Field(foreign_key="chat.id", ondelete="CASCADE", sa_type=BigId)
    subscription_id: int | None = Field(default=None, sa_type=BigId)
    """None for a chat's own. No foreign key: what was sent outlives the subscription."""
    period: datetime = Field(sa_type=UtcDateTime)
    """When the subscription or the chat was due."""


class DeliveryRow(Outgoing, table=True):
    """What became of an item for a chat: there is one row for each pair, however many queries.

    (item, chat) is unique in this order, and a fan-out goes through the chats in order: its rows
    fall side by side in the index. No foreign key on either: checking them costs PostgreSQL as
    much as writing the row.
    """

    __tablename__: ClassVar[Any] = "delivery"
    __table_args__ = (
        UniqueConstraint("item_id", "chat_id"),
        *_outgoing_indexes("delivery"),
        Index(
            "ix_delivery_held",
            "subscription_id",
            "id",
            sqlite_where=text("subscription_id IS NOT NULL"),
            postgresql_where=text("subscription_id IS NOT NULL"),
        ),
        Index(
            "ix_delivery_digest",
            "digest_id",
            "id",
            sqlite_where=text("digest_id IS NOT NULL"),
            postgresql_where=text("digest_id IS NOT NULL"),
        ),
        Index(
            "ix_delivery_gathered",
            "chat_id",
            "id",
            sqlite_where=text("state = 'gathered'"),
            postgresql_where=text("state = 'gathered'"),
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    item_id: int = Field(sa_type=BigId)
    thread_id: int | None = Field(default=None, sa_type=BigId)
    """The forum topic of the chat that a push goes to."""
    subscription_id: int | None = Field(default=None, sa_type=BigId)
    """The subscription whose next digest the item is held for; None once it is in one."""
    digest_id: int | None = Field(default=None, foreign_key="digest.id", sa_type=BigId)
