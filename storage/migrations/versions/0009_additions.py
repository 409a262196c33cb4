"""Which items came with which version of the store."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "addition",
        sa.Column("version", BigId(), primary_key=True, autoincrement=False),
        sa.Column("item_id", BigId(), primary_key=True, autoincrement=False),
    )
