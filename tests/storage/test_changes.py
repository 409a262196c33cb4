from storage import changes
from storage.changes import News
from storage.database import Database
from tests.factories import make_draft, put


async def news(db: Database, version: int | None) -> News:
    async with db.read() as tx:
        return await changes.since(tx, version)


async def test_new_items_are_told_with_their_versions(db: Database) -> None:
    before = (await news(db, None)).version
    await put(db, make_draft("One"), make_draft("Two"))
    await put(db, make_draft("Three"))
    told = await news(db, before)
    assert told.added is not None
    assert [(version - before, item.title) for version, item in told.added] == [
        (1, "One"),
        (1, "Two"),
        (2, "Three"),
    ]
    assert await news(db, told.version) == News(told.version, ())


async def test_what_is_there_already_changes_nothing(db: Database) -> None:
    await put(db, make_draft("One"))
    before = await news(db, None)
    await put(db, make_draft("One"))
    assert await news(db, before.version) == News(before.version, ())


async def test_an_edit_may_have_changed_anything(db: Database) -> None:
    await put(db, make_draft("One", link="https://un.example/1"))
    before = (await news(db, None)).version
    await put(db, make_draft("Two"))
    await put(db, make_draft("One", body="Told anew.", link="https://un.example/1"))
    told = await news(db, before)
    assert (told.version - before, told.added) == (2, None)


async def test_many_items_at_once_and_long_absence_begin_anew(db: Database) -> None:
    before = (await news(db, None)).version
    await put(db, *(make_draft(f"Number {number}") for number in range(changes.AT_ONCE + 1)))
    assert (await news(db, before)).added is None
    for _ in range(3):
        async with db.write() as tx:
            await changes.advance(tx)
    assert (await news(db, before - changes.KEPT)).added is None
    assert (await news(db, 10**9)).added is None
