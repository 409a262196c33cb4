"""Items with their search, chats with their subscriptions, and the outbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import Ascii, BigId, TermVector, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _items()
    _search()
    _chats()
    _outbox()
    _service()


def _reference(
    name: str, target: str, *, key: bool = False, unique: bool = False
) -> sa.Column[int]:
    return sa.Column(
        name,
        BigId(),
        sa.ForeignKey(target, ondelete="CASCADE"),
        primary_key=key,
        unique=unique or None,
        nullable=False,
        autoincrement=False,
    )


def _items() -> None:
    op.create_table(
        "item",
        sa.Column("id", BigId(), primary_key=True),
        sa.Column("slug", Ascii(), nullable=False, unique=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.String()),
        sa.Column("link", sa.String()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("caption", sa.String()),
        sa.Column("photo_credit", sa.String()),
        sa.Column("published_at", UtcDateTime(), nullable=False, index=True),
        sa.Column("published_day_only", sa.Boolean(), nullable=False),
        sa.Column("published_derived", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("story", Ascii(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("title_key", sa.String(), nullable=False, index=True),
        sa.Column("body_key", sa.String(), index=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "item_topic",
        _reference("item_id", "item.id", key=True),
        sa.Column("topic", Ascii(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Index(None, "topic", "item_id"),
    )
    op.create_table(
        "item_country",
        _reference("item_id", "item.id", key=True),
        sa.Column("country", Ascii(), primary_key=True),
        sa.Index(None, "country", "item_id"),
    )
    op.create_table(
        "sighting",
        _reference("item_id", "item.id", key=True),
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("document", sa.String(), primary_key=True),
        sa.Column("key", sa.String()),
        sa.Column("content", sa.String(), nullable=False, index=True),
        sa.Index(None, "source", "key"),
    )


def _search() -> None:
    op.create_table(
        "search",
        sa.Column("position", BigId(), primary_key=True, autoincrement=False),
        _reference("item_id", "item.id", unique=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.Column("labels", sa.String(), nullable=False),
        sa.Column("vector", TermVector()),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_vector", "search", ["vector"], postgresql_using="gin")
        return
    # The terms are ready-made words split by blanks, so the tokenizer only has to split them. The
    # triggers keep the index as FTS5's manual tells for external content.
    op.execute(
        "CREATE VIRTUAL TABLE search_fts USING fts5(title, body, caption, labels,"
        " content='search', content_rowid='position', tokenize=\"ascii tokenchars ':'\","
        " columnsize=0)"
    )
    add = (
        "INSERT INTO search_fts(rowid, title, body, caption, labels)"
        " VALUES (new.position, new.title, new.body, new.caption, new.labels);"
    )
    drop = (
        "INSERT INTO search_fts(search_fts, rowid, title, body, caption, labels)"
        " VALUES ('delete', old.position, old.title, old.body, old.caption, old.labels);"
    )
    op.execute(f"CREATE TRIGGER search_added AFTER INSERT ON search BEGIN {add} END")
    op.execute(f"CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN {drop} {add} END")


def _chats() -> None:
    op.create_table(
        "chat",
        sa.Column("id", BigId(), primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "saved_query",
        sa.Column("id", BigId(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscription",
        sa.Column("id", BigId(), primary_key=True),
        _reference("chat_id", "chat.id"),
        sa.Column("query_id", BigId(), sa.ForeignKey("saved_query.id"), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("next_due_at", UtcDateTime(), index=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("chat_id", "query_id"),
        sa.Index(None, "query_id", "chat_id"),
        sqlite_autoincrement=True,
    )
    _partial_index(
        "ix_subscription_digests", "subscription", "query_id", "chat_id", where="next_due_at"
    )


def _outbox() -> None:
    op.create_table(
        "fanout",
        _reference("item_id", "item.id", key=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("query_id", BigId(), nullable=False),
        sa.Column("chat_id", BigId(), nullable=False),
    )
    op.create_table(
        "fanout_query",
        _reference("item_id", "fanout.item_id", key=True),
        sa.Column("query_id", BigId(), primary_key=True),
    )
    op.create_table(
        "digest",
        *_outgoing(),
        sa.Column("subscription_id", BigId(), nullable=False),
        sa.Column("period", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("subscription_id", "period"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery",
        *_outgoing(),
        _reference("item_id", "item.id"),
        sa.Column("subscription_id", BigId()),
        sa.Column("digest_id", BigId(), sa.ForeignKey("digest.id")),
        sa.UniqueConstraint("item_id", "chat_id"),
        sqlite_autoincrement=True,
    )
    for table in ("digest", "delivery"):
        _partial_index(f"ix_{table}_due", table, "due_at", "id", where="due_at")
        _partial_index(f"ix_{table}_chat", table, "chat_id", "id", where="due_at")
    _partial_index("ix_delivery_held", "delivery", "subscription_id", "id", where="subscription_id")
    _partial_index("ix_delivery_digest", "delivery", "digest_id", "id", where="digest_id")


def _outgoing() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", BigId(), primary_key=True),
        _reference("chat_id", "chat.id"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime()),
        sa.Column("owner", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("message_id", BigId()),
        sa.Column("settled_at", UtcDateTime()),
    )


def _partial_index(name: str, table: str, *columns: str, where: str) -> None:
    condition = sa.text(f"{where} IS NOT NULL")
    op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def _service() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
    )
    version = op.create_table(
        "store_version",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("version", BigId(), nullable=False),
    )
    op.bulk_insert(version, [{"id": 1, "version": 0}])
