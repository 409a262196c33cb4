"""Forum topics, and what refusals taught."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("chat_id", BigId(), primary_key=True, autoincrement=False),
        sa.Column("until", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "paused_thread",
        sa.Column(
            "chat_id",
            BigId(),
            sa.ForeignKey("chat.id", ondelete="CASCADE", name="fk_paused_thread_chat_id"),
            primary_key=True,
        ),
        sa.Column("thread_id", BigId(), primary_key=True, autoincrement=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
    )
    op.add_column("subscription", sa.Column("thread_id", BigId(), nullable=True))
    op.add_column("delivery", sa.Column("thread_id", BigId(), nullable=True))
