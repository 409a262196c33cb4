"""Upstream sources."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("id", BigId(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False, unique=True),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("selectors", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("etag", sa.String()),
        sa.Column("last_modified", sa.String()),
        sa.Column("digest", sa.String()),
        sa.Column("hints", sa.String(), nullable=False),
        sa.Column("next_poll_at", UtcDateTime()),
        sa.Column("last_poll_at", UtcDateTime()),
        sa.Column("last_success_at", UtcDateTime()),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String()),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("next_poll_at IS NOT NULL")
    op.create_index(
        "ix_source_due",
        "source",
        ["next_poll_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
