"""Stores of earlier versions keep what they hold."""

from pathlib import Path

from alembic import command
from sqlalchemy import Connection, text

from storage import editions
from storage.database import Database
from storage.migrate import _config, upgrade
from storage.withdrawal import withdraw
from tests.factories import NOW, make_draft, put

STATEMENTS = """
INSERT INTO chat (id, state, timezone, created_at, changed_at)
  VALUES (7, 'active', 'UTC', '2024-05-01', '2024-05-01');
INSERT INTO item (id, slug, source, kind, lang, title, summary, body, published_at,
    published_day_only, published_derived, story, urgent, given, added_at, updated_at, title_key)
  VALUES (1, 's', 's', 'news', 'en', 't', '', '', '2024-05-01', 1, 0, 's', 0, '', '2024-05-01',
    '2024-05-01', 't');
INSERT INTO digest (id, chat_id, state, attempts, plain, subscription_id, period)
  VALUES (4, 7, 'sent', 1, 0, 3, '2024-05-01'), (9, 7, 'sent', 1, 0, 3, '2024-05-02');
DELETE FROM digest WHERE id = 9;
INSERT INTO delivery (chat_id, state, attempts, plain, item_id, digest_id)
  VALUES (7, 'digest', 0, 0, 1, 4)
""".split(";")


async def test_digests_survive_that_their_table_is_rebuilt(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'store.db'}")

    def to_0003(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")

    async with db.write() as tx:
        await (await tx.connection()).run_sync(to_0003)
        for statement in STATEMENTS:
            await tx.execute(text(statement))
    await upgrade(db)
    async with db.write() as tx:
        assert (await tx.execute(text("SELECT digest_id FROM delivery"))).scalar_one() == 4
        await tx.execute(
            text(
                "INSERT INTO digest (chat_id, state, attempts, plain, period)"
                " VALUES (7, 'sent', 1, 0, '2024-05-01')"
            )
        )
        assert (await tx.execute(text("SELECT max(id) FROM digest"))).scalar_one() == 10
        assert (await tx.execute(text("SELECT told, empty_digests FROM chat"))).one() == (0, 0)
        assert (await tx.execute(text("PRAGMA foreign_key_check"))).all() == []
    await db.dispose()


async def test_wordings_get_numbers_in_the_order_of_their_items(db: Database) -> None:
    entries = (await put(db, *(make_draft(f"N {n}", body=f"{n}") for n in range(4)))).entries
    async with db.write() as tx:
        await withdraw(tx, entries[1].slug, now=NOW)
        for table in ("item_markup", "former_edition", "edition"):
            await tx.execute(text(f"DROP TABLE {table}"))
        await tx.execute(text("UPDATE alembic_version SET version_num = '0014'"))
    await upgrade(db)
    await put(db, make_draft("N 4", body="4"), make_draft("N 0", body="Changed."))
    async with db.read() as tx:
        found = await editions.items_of(tx, range(1, await editions.last(tx) + 1))
    told = [(number, item.body) for number, item in sorted(found.items())]
    assert told == [(1, "0"), (3, "2"), (4, "3"), (5, "4"), (6, "Changed.")]
