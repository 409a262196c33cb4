"""Finding what was edited lately."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    edited = sa.text("updated_at > added_at")
    op.create_index(
        "ix_item_edited",
        "item",
        ["updated_at"],
        sqlite_where=edited,
        postgresql_where=edited,
    )
