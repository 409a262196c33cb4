"""Search rows in the order of publication, with topics, countries and other filters."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import BigId, TermVector

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID_BITS, _LAST_ID = 25, 33_554_431


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        for trigger in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER search_{trigger}")
        op.execute("DROP TABLE search_fts")
    else:
        op.execute("DROP INDEX ix_search_vector")
        op.execute("ALTER TABLE search DROP CONSTRAINT pk_search")
    op.execute("ALTER TABLE search RENAME TO search_before")
    _table()
    (_fill_sqlite if on_sqlite else _fill_postgresql)()
    op.drop_table("search_before")
    if on_sqlite:
        _full_text()
    else:
        op.create_index("ix_search_vector", "search", ["vector"], postgresql_using="gin")


def _table() -> None:
    op.create_table(
        "search",
        sa.Column("position", BigId(), primary_key=True, autoincrement=False),
        sa.Column(
            "item_id",
            BigId(),
            sa.ForeignKey("item.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.Column("labels", sa.String(), nullable=False),
        sa.Column("vector", TermVector()),
    )


def _fill_sqlite() -> None:
    labels = _labels("lower(hex({}))", "group_concat")
    second = "CAST(strftime('%s', published_at) AS INTEGER)"
    op.execute(
        "INSERT INTO search (position, item_id, title, body, caption, labels)"
        f" SELECT ({second} << {_ID_BITS}) + {_LAST_ID} - item_id,"
        f" item_id, old.title, old.body, old.caption, {labels}"
        " FROM search_before AS old JOIN item ON item.id = old.item_id"
    )


def _fill_postgresql() -> None:
    second = "floor(extract(epoch FROM published_at))::bigint"
    labels = _labels("encode(convert_to({}, 'UTF8'), 'hex')", "string_agg")
    op.execute(
        "INSERT INTO search (position, item_id, title, body, caption, labels, vector)"
        f" SELECT ({second} << {_ID_BITS}) + {_LAST_ID} - item_id,"
        f" item_id, old.title, old.body, old.caption, {labels}, old.vector"
        " FROM search_before AS old JOIN item ON item.id = old.item_id"
    )


def _labels(hexadecimal: str, join: str) -> str:
    labels = "'all:'"
    for name in ("kind", "lang", "source"):
        labels += f" || ' {name}:' || {hexadecimal.format(name)}"
    for name in ("topic", "country"):
        labels += (
            f" || coalesce((SELECT {join}(' {name}:' || {hexadecimal.format(name)}, '')"
            f" FROM item_{name} WHERE item_id = item.id), '')"
        )
    return labels


def _full_text() -> None:
    # The terms are ready-made words split by blanks, so the tokenizer only has to split them. The
    # triggers keep the index as FTS5's manual tells for external content.
    columns = "title, body, caption, labels"
    op.execute(
        f"CREATE VIRTUAL TABLE search_fts USING fts5({columns}, content='search',"
        " content_rowid='position', tokenize=\"ascii tokenchars ':'\", columnsize=0)"
    )
    op.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    new = ", ".join(f"new.{name}" for name in ("position", *columns.split(", ")))
    old = new.replace("new.", "old.")
    add = f"INSERT INTO search_fts(rowid, {columns}) VALUES ({new});"
    drop = f"INSERT INTO search_fts(search_fts, rowid, {columns}) VALUES ('delete', {old});"
    op.execute(f"CREATE TRIGGER search_added AFTER INSERT ON search BEGIN {add} END")
    op.execute(f"CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN {drop} {add} END")
