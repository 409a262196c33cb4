"""The words of the items by their spelling."""

import sqlalchemy as sa
from alembic import op

from storage.spelling import correctable, spellings

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT_ONCE = 500


def upgrade() -> None:
    word = op.create_table("word", sa.Column("word", sa.String(), primary_key=True))
    spelling = op.create_table(
        "spelling",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("word", sa.String(), primary_key=True),
    )
    connection = op.get_bind()
    known: set[str] = set()
    last = 0
    while rows := connection.execute(
        sa.text(
            "SELECT id, title, body, summary, caption FROM item WHERE id > :last"
            " ORDER BY id LIMIT :count"
        ),
        {"last": last, "count": _AT_ONCE},
    ).all():
        last = rows[-1].id
        texts = [text for row in rows for text in (row.title, row.body or row.summary, row.caption)]
        found = [one for one in correctable(filter(None, texts)) if one not in known]
        known.update(found)
        if found:
            op.bulk_insert(word, [{"word": one} for one in found])
            op.bulk_insert(spelling, spellings(found))
