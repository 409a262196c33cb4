"""What chats ask for: quiet hours, limits, pauses; and digests of a chat's own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("quiet", sa.String()),
        sa.Column("daily_limit", sa.Integer()),
        sa.Column("empty_digests", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("paused_until", UtcDateTime()),
        sa.Column("digest_due_at", UtcDateTime()),
        sa.Column("day_ends_at", UtcDateTime()),
        sa.Column("told", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("chat", column)
    op.add_column("subscription", sa.Column("paused_until", UtcDateTime()))
    _partial_index("ix_chat_paused_until", "chat", "paused_until", where="paused_until IS NOT NULL")
    _partial_index(
        "ix_chat_digest_due_at", "chat", "digest_due_at", where="digest_due_at IS NOT NULL"
    )
    _partial_index("ix_chat_quiet", "chat", "quiet", "timezone", where="quiet IS NOT NULL")
    op.create_table(
        "quiet_hours",
        sa.Column("timezone", sa.String(), primary_key=True),
        sa.Column("hours", sa.String(), primary_key=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "tick",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("position", BigId()),
    )
    _partial_index("ix_delivery_gathered", "delivery", "chat_id", "id", where="state = 'gathered'")
    _let_digests_be_of_chats()


def _partial_index(name: str, table: str, *columns: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def _let_digests_be_of_chats() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.alter_column("digest", "subscription_id", existing_type=BigId(), nullable=True)
        return
    # SQLite rebuilds the table. Its foreign keys are on and refuse that while a delivery names a
    # digest, so these names are set aside meanwhile.
    op.execute(
        "CREATE TEMP TABLE named AS SELECT id, digest_id FROM delivery WHERE digest_id IS NOT NULL"
    )
    op.execute("UPDATE delivery SET digest_id = NULL WHERE digest_id IS NOT NULL")
    last = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'digest'"))
    options: dict[str, Any] = {"sqlite_autoincrement": True}
    with op.batch_alter_table("digest", recreate="always", table_kwargs=options) as digest:
        digest.alter_column("subscription_id", existing_type=BigId(), nullable=True)
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'digest'")
    connection.execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('digest', :last)"),
        {"last": last or 0},
    )
    op.execute(
        "UPDATE delivery SET digest_id = (SELECT named.digest_id FROM named"
        " WHERE named.id = delivery.id) WHERE id IN (SELECT id FROM named)"
    )
    op.execute("DROP TABLE named")
