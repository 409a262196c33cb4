from datetime import timedelta

from domain.query import parse
from storage.database import Database
from storage.search import edited
from storage.withdrawal import withdraw
from tests.factories import NOW, VOCABULARY, make_draft, put

HOUR = timedelta(hours=1)


async def found(db: Database, text: str = "", *, since: int = 0, limit: int = 9) -> list[str]:
    query = parse(text, VOCABULARY)
    async with db.read() as tx:
        items = await edited(tx, query, now=NOW, since=NOW + since * HOUR, limit=limit)
    return [item.title for item in items]


async def edit(db: Database, key: str, title: str, hour: int, lang: str = "en") -> None:
    draft = make_draft(title, body=f"What {key} tells.", key=key, lang=lang)
    await put(db, draft, now=NOW + hour * HOUR)


async def test_what_was_edited_last_comes_first(db: Database) -> None:
    for hour, title in enumerate(("One", "Two", "Three")):
        await edit(db, title.lower(), title, hour)
    assert await found(db) == []
    await edit(db, "two", "Two boats", 5)
    await edit(db, "one", "One boat", 6)
    assert await found(db) == ["One boat", "Two boats"]
    assert await found(db, limit=1) == ["One boat"]
    assert await found(db, since=5) == ["One boat"]
    assert await found(db, "two") == ["Two boats"]
    assert await found(db, "three") == []


async def test_what_is_withdrawn_is_not_told_again(db: Database) -> None:
    draft = make_draft("One", key="one")
    report = await put(db, draft)
    await put(db, make_draft("One, corrected", key="one"), now=NOW + HOUR)
    assert await found(db) == ["One, corrected"]
    async with db.write() as tx:
        await withdraw(tx, report.entries[0].slug, now=NOW)
    assert await found(db) == []
