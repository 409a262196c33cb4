"""The bodies of items as sanitised HTML."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_markup",
        sa.Column(
            "item_id",
            BigId(),
            sa.ForeignKey("item.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("markup", sa.String(), nullable=False),
    )
