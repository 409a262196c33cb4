"""Messages set aside are found at once, and what senders count outlives them."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_failed = sa.text("state = 'failed'")
    for table in ("digest", "delivery"):
        op.create_index(
            f"ix_{table}_failed",
            table,
            ["settled_at", "id"],
            sqlite_where=is_failed,
            postgresql_where=is_failed,
        )
    op.create_table(
        "tally",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("label", sa.String(), primary_key=True),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
