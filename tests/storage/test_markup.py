"""Items' markup: what becomes of it when they change, and who reads it."""

from pathlib import Path

from sqlalchemy import func, select

from domain.model import Draft, Item
from domain.query import parse
from storage import backup, changes, items
from storage.correction import correct
from storage.database import Database
from storage.ingest import Status
from storage.markup import with_markup
from storage.reclassify import reclassify
from storage.search import Order, find, walk
from storage.tables import ItemMarkupRow
from tests.factories import CLASSIFIER, NOW, VOCABULARY, make_draft, put

LINKED = '<p>See <a href="https://un.example/1">this</a></p>'
OTHER = '<p>See <a href="https://un.example/2">this</a></p>'


async def one(db: Database) -> Item:
    """Return the only item, with its markup."""
    async with db.read() as tx:
        found = await find(tx, parse("", VOCABULARY), now=NOW, order=Order.NEWEST)
        (item,) = await with_markup(tx, found.items)
    return item


def draft(body: str = "See this", markup: str | None = LINKED, **parts: object) -> Draft:
    return make_draft("Report out", body=body, markup=markup, key="1", **parts)


async def test_markup_comes_with_a_new_item_and_is_read_when_asked_for(db: Database) -> None:
    report = await put(db, draft(), make_draft("Another one", markup=""))
    slugs = [entry.slug for entry in report.entries]
    async with db.read() as tx:
        bare = await items.by_slugs(tx, slugs)
        assert [item.markup for item in bare] == [None, None]
        full = await with_markup(tx, bare[::-1])
        assert [item.markup for item in full] == [None, LINKED]
        assert [item.slug for item in full] == slugs[::-1]
        assert [item.markup for _, item in await walk(tx, parse("", VOCABULARY), now=NOW)] == [
            None,
            None,
        ]


async def test_other_links_in_the_same_words_are_no_edit(db: Database) -> None:
    await put(db, draft(), document="a")
    async with db.read() as tx:
        before = await changes.version_of(tx)
    report = await put(db, draft(markup=OTHER), document="a")
    assert report.count(Status.SAME) == 1
    assert (await one(db)).markup == LINKED
    async with db.read() as tx:
        assert await changes.version_of(tx) == before


async def test_an_edit_brings_its_markup(db: Database) -> None:
    await put(db, draft(), document="a")
    report = await put(db, draft("See this now", OTHER), document="a")
    assert report.count(Status.CHANGED) == 1
    assert (await one(db)).markup == OTHER
    await put(db, draft("See this at last", None), document="a")
    item = await one(db)
    assert (item.body, item.markup) == ("See this at last", None)
    async with db.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(ItemMarkupRow))).scalar() == 0


async def test_a_copy_that_shows_no_text_takes_nothing_away(db: Database) -> None:
    await put(db, draft(), document="a")
    report = await put(db, draft("", None, summary="In short"), document="a")
    assert report.count(Status.CHANGED) == 1
    item = await one(db)
    assert (item.summary, item.body, item.markup) == ("In short", "See this", LINKED)


async def test_correcting_the_text_by_hand_drops_the_markup(db: Database) -> None:
    (entry,) = (await put(db, draft())).entries
    for correction, kept in (
        (Draft(title="Report published"), LINKED),
        (Draft(title="Report published", body="See that"), None),
    ):
        async with db.write() as tx:
            assert await correct(tx, entry.slug, correction, classifier=CLASSIFIER, now=NOW)
        assert (await one(db)).markup == kept


async def test_classifying_anew_leaves_markup_alone(db: Database) -> None:
    await put(db, draft(lang=None, topics=None))
    async with db.write() as tx:
        await reclassify(tx, CLASSIFIER, now=NOW, after=0, limit=10)
    assert (await one(db)).markup == LINKED


async def test_what_a_database_refuses_is_not_in_markup(db: Database) -> None:
    await put(db, draft(markup="<p>a\x00<b>b</b>\ufffe</p>"))
    assert (await one(db)).markup == "<p>a<b>b</b></p>"


async def test_a_backup_has_it(db: Database, sqlite_url: str, tmp_path: Path) -> None:
    await put(db, draft())
    copy = tmp_path / "backup.db"
    await backup.back_up(db, copy, lambda _share: None)
    restored = Database(f"sqlite:///{copy}")
    assert (await one(restored)).markup == LINKED
    await restored.dispose()
