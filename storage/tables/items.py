"""Items and what is known of them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import NEVER_REUSED
from storage.tables.columns import Ascii, BigId, TermVector, UtcDateTime


class ItemRow(SQLModel, table=True):
    """An item, without its topics and countries."""

    __tablename__: ClassVar[Any] = "item"
    __table_args__ = (
        Index(
            "ix_item_withdrawn",
            "withdrawn_at",
            sqlite_where=text("withdrawn_at IS NOT NULL"),
            postgresql_where=text("withdrawn_at IS NOT NULL"),
        ),
        Index(
            "ix_item_edited",
            "updated_at",
            sqlite_where=text("updated_at > added_at"),
            postgresql_where=text("updated_at > added_at"),
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    slug: str = Field(unique=True, sa_type=Ascii)
    source: str
    document: str | None
    link: str | None
    kind: str
    lang: str
    title: str
    summary: str
    body: str
    caption: str | None
    photo_credit: str | None
    published_at: datetime = Field(index=True, sa_type=UtcDateTime)
    published_day_only: bool
    published_derived: bool
    starts: date | None
    ends: date | None
    story: str = Field(index=True, sa_type=Ascii)
    urgent: bool
    given: str
    """Which of `storage.drafts.GIVABLE` the source gave, with blanks between."""
    added_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pushed: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """True once it was on its way to subscribers."""
    pruned: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """True once it is no longer known who got it."""
    title_key: str = Field(index=True)
    body_key: str | None = Field(index=True)
    """None for an empty body, which is nobody's copy."""


class ItemMarkupRow(SQLModel, table=True):
    """The body of an item as sanitised HTML, of those where that says more than the text.

    A table of its own, so that search, lists and messages do not read it.
    """

    __tablename__: ClassVar[Any] = "item_markup"

    item_id: int = Field(
        primary_key=True,
        foreign_key="item.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    markup: str


class ItemTopicRow(SQLModel, table=True):
    """A topic of an item; `position` keeps the taxonomy's order."""

    __tablename__: ClassVar[Any] = "item_topic"
    __table_args__ = (Index(None, "topic", "item_id"),)

    item_id: int = Field(primary_key=True, foreign_key="item.id", ondelete="CASCADE", sa_type=BigId)
    topic: str = Field(primary_key=True, sa_type=Ascii)
    position: int


class ItemCountryRow(SQLModel, table=True):
    """A country of an item."""

    __tablename__: ClassVar[Any] = "item_country"
    __table_args__ = (Index(None, "country", "item_id"),)

    item_id: int = Field(primary_key=True, foreign_key="item.id", ondelete="CASCADE", sa_type=BigId)
    country: str = Field(primary_key=True, sa_type=Ascii)


class SightingRow(SQLModel, table=True):
    """Where an item was met, and as what.

    `content` is a hash of the draft as last met there, so that two documents with two wordings of
    one item do not undo each other each time that they are read. `key` is a hash of the id that
    the source gives the entry.
    """

    __tablename__: ClassVar[Any] = "sighting"
    __table_args__ = (Index(None, "source", "key"),)

    item_id: int = Field(primary_key=True, foreign_key="item.id", ondelete="CASCADE", sa_type=BigId)
    source: str = Field(primary_key=True)
    document: str = Field(primary_key=True)
    """Empty where there is none."""
    key: str | None
    content: str = Field(index=True)


class StoryKeyRow(SQLModel, table=True):
    """What an item is filed under, for finding the earlier versions of a story.

    No foreign key: a key that an edited item no longer has does no harm, since what is found is
    compared anyway.
    """

    __tablename__: ClassVar[Any] = "story_key"
    __table_args__: ClassVar[Any] = {"sqlite_with_rowid": False}

    key: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    day: date = Field(primary_key=True)
    item_id: int = Field(primary_key=True, sa_type=BigId)


class StoryVersionRow(SQLModel, table=True):
    """An item whose story has, or had, other versions: a narrow table beside wide ones.

    So that a long answer is grouped by story without a look at each of its items.
    """

    __tablename__: ClassVar[Any] = "story_version"

    item_id: int = Field(
        primary_key=True,
        foreign_key="item.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    story: str = Field(sa_type=Ascii)


class SearchRow(SQLModel, table=True):
    """What search and ranking read of an item: its index terms in order, split by blanks."""

    __tablename__: ClassVar[Any] = "search"
    __table_args__ = (
        Index("ix_search_vector", "vector", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )

    position: int = Field(
        primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False}
    )
    """See `storage.positions`."""
    item_id: int = Field(unique=True, foreign_key="item.id", ondelete="CASCADE", sa_type=BigId)
    title: str
    body: str
    caption: str
    labels: str
    """What filters ask for; see `storage.labels`."""
    vector: str | None = Field(default=None, sa_type=TermVector)
    """None on SQLite, which has FTS5."""
