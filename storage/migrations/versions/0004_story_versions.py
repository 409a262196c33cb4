"""Which items are versions of stories that have several."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import Ascii, BigId

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_version",
        sa.Column(
            "item_id",
            BigId(),
            sa.ForeignKey("item.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("story", Ascii(), nullable=False),
    )
    op.execute(
        "INSERT INTO story_version (item_id, story) SELECT id, story FROM item"
        " WHERE story IN (SELECT story FROM item GROUP BY story HAVING count(*) > 1)"
    )
