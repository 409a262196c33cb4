from datetime import date, timedelta

from domain.model import Published
from domain.query import EVERYTHING, parse
from storage.database import Database
from storage.search import walk
from tests.factories import NOW, VOCABULARY, make_draft, put


async def all_titles(db: Database, text: str = "", *, limit: int) -> list[str]:
    titles: list[str] = []
    below = None
    async with db.read() as tx:
        while found := await walk(tx, parse(text, VOCABULARY), now=NOW, below=below, limit=limit):
            titles += [item.title for _, item in found]
            below = found[-1][0]
    return titles


async def test_every_item_comes_once_newest_first(db: Database) -> None:
    days = [Published.on(date(2010, 1, 1) + timedelta(number // 3)) for number in range(10)]
    drafts = [make_draft(f"Number {n}", published=day) for n, day in enumerate(days)]
    await put(db, *drafts)
    expected = [f"Number {number}" for number in (9, 6, 7, 8, 3, 4, 5, 0, 1, 2)]
    for limit in (1, 3, 4, 500):
        assert await all_titles(db, limit=limit) == expected
        assert await all_titles(db, "number -9", limit=limit) == expected[1:]


async def test_what_comes_in_meanwhile_moves_nothing(db: Database) -> None:
    await put(db, make_draft("Old"), make_draft("Older", published=Published.on(date(2001, 1, 1))))
    async with db.read() as tx:
        ((below, first),) = await walk(tx, EVERYTHING, now=NOW, limit=1)
    await put(db, make_draft("New", published=Published.on(date(2020, 1, 1))))
    async with db.read() as tx:
        rest = await walk(tx, EVERYTHING, now=NOW, below=below)
    assert (first.title, [item.title for _, item in rest]) == ("Old", ["Older"])
