"""What becomes of items that change, are withdrawn or are old; and a fan-out that costs less."""

import re

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TO_CHAT_OR_ITEM = (
    r"\s*(CONSTRAINT \w+ )?FOREIGN KEY\(\w+\) REFERENCES (chat|item) \(id\) ON DELETE CASCADE,?"
)


def upgrade() -> None:
    for name in ("pushed", "pruned"):
        op.add_column("item", sa.Column(name, sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("item", sa.Column("withdrawn_at", UtcDateTime()))
    withdrawn = sa.text("withdrawn_at IS NOT NULL")
    op.create_index(
        "ix_item_withdrawn",
        "item",
        ["withdrawn_at"],
        sqlite_where=withdrawn,
        postgresql_where=withdrawn,
    )
    op.execute(
        "UPDATE item SET pushed = (1 = 1) WHERE id IN (SELECT item_id FROM fanout)"
        " OR EXISTS (SELECT 1 FROM delivery WHERE delivery.item_id = item.id)"
    )
    op.add_column("fanout_query", sa.Column("since", UtcDateTime()))
    op.create_table(
        "edit",
        sa.Column(
            "item_id",
            BigId(),
            sa.ForeignKey("item.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("ordered_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("version_id", BigId(), nullable=False),
        sa.Column("chat_id", BigId(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
    )
    has_time = sa.text("next_due_at IS NOT NULL")
    op.drop_index("ix_subscription_next_due_at", "subscription")
    op.create_index(
        "ix_subscription_next_due_at",
        "subscription",
        ["next_due_at"],
        sqlite_where=has_time,
        postgresql_where=has_time,
    )
    if op.get_bind().dialect.name == "sqlite":
        _loosen_on_sqlite()
    else:
        _loosen_on_postgresql()


def _loosen_on_postgresql() -> None:
    keys = sa.inspect(op.get_bind()).get_foreign_keys("delivery")
    for key in keys:
        if key["referred_table"] in ("chat", "item"):
            op.drop_constraint(str(key["name"]), "delivery", type_="foreignkey")


def _loosen_on_sqlite() -> None:
    """Take the keys out of the table's text, as SQLite's notes on ALTER TABLE tell (section 7)."""
    bind = op.get_bind()
    text = bind.scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = 'delivery'"))
    key = (
        r"\s*(CONSTRAINT \w+ )?FOREIGN KEY\(\w+\) REFERENCES (chat|item) \(id\) ON DELETE CASCADE,?"
    )
    loose = re.sub(r",\s*\)$", "\n)", re.sub(key, "", text))
    version = bind.scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = :text WHERE name = 'delivery'"), {"text": loose}
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")
