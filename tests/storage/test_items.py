from domain.model import Kind
from storage import changes, items, topics
from storage.database import Database
from tests.factories import make_draft, put, slugs


async def test_items_are_found_by_slug_in_the_order_asked_for(db: Database) -> None:
    report = await put(db, *(make_draft(f"Title {number}") for number in range(3)))
    names = [entry.slug for entry in report.entries]
    async with db.read() as tx:
        found = await items.by_slugs(tx, [names[2], "unknown", names[0]])
        assert slugs(found) == [names[2], names[0]]
        assert await items.by_slugs(tx, []) == []
        assert await items.get(tx, "unknown") is None
        one = await items.get(tx, names[1])
    assert one
    assert one.title == "Title 1"


async def test_items_are_counted(db: Database) -> None:
    await put(db, make_draft("One", topics=("drugs",)), make_draft("Two", lang="fr"))
    await put(db, make_draft("3", kind=Kind.EVENT, topics=("drugs",)), source="elsewhere")
    async with db.read() as tx:
        counts = await items.counts(tx)
        assert await items.total(tx) == 3
        assert await topics.topic_counts(tx) == {"drugs": 2}
    assert counts == items.ItemCounts(
        total=3,
        kinds={"event": 1, "news": 2},
        languages={"en": 2, "fr": 1},
        sources={"elsewhere": 1, "unodc": 2},
    )


async def test_an_empty_store_has_counts_too(db: Database) -> None:
    async with db.read() as tx:
        assert (await items.counts(tx)).total == 0
        assert await topics.topic_counts(tx) == {}
        assert await changes.version_of(tx) == 0
