"""What items are filed under to find their stories, and their versions by story."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_key",
        sa.Column("key", BigId(), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("item_id", BigId(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_item_story", "item", ["story"])
