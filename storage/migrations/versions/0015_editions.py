"""Numbers of wordings, and former wordings, so that archives stay as they are."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _item_id(*, unique: bool) -> sa.Column[int]:
    item = sa.ForeignKey("item.id", ondelete="CASCADE")
    return sa.Column("item_id", BigId(), item, nullable=False, unique=unique)


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", BigId(), primary_key=True),
        _item_id(unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "former_edition",
        sa.Column("id", BigId(), primary_key=True, autoincrement=False),
        _item_id(unique=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("labels", sa.String(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_former_edition_item_id", "former_edition", ["item_id"])
    # An item that is withdrawn gets its number when it is shown again.
    op.execute(
        "INSERT INTO edition (id, item_id)"
        " SELECT id, id FROM item WHERE withdrawn_at IS NULL ORDER BY id"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('edition', 'id'), max(id)) FROM edition"
            " HAVING count(*) > 0"
        )
