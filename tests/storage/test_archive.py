from datetime import date, timedelta

from domain.model import Published
from domain.query import parse
from storage.database import Database
from storage.search import end_after, last_edition, part_to
from tests.factories import NOW, VOCABULARY, make_draft, put


async def parts(db: Database, text: str, size: int) -> list[list[str]]:
    query = parse(text, VOCABULARY)
    found = []
    async with db.read() as tx:
        upto = await last_edition(tx, query, now=NOW)
        while upto is not None:
            part = await part_to(tx, query, upto, now=NOW, size=size)
            assert part is not None
            found.append([item.title for item in part.items])
            upto = part.before
    return found


async def test_parts_follow_arrival_whatever_the_dates(db: Database) -> None:
    days = [date(2010, 1, 1) - timedelta(number * 7 % 5) for number in range(7)]
    await put(
        db, *(make_draft(f"N {n}", published=Published.on(day)) for n, day in enumerate(days))
    )
    assert await parts(db, "", 3) == [["N 6"], ["N 5", "N 4", "N 3"], ["N 2", "N 1", "N 0"]]
    assert await parts(db, "-5 n", 3) == [["N 6", "N 4", "N 3"], ["N 2", "N 1", "N 0"]]
    assert await parts(db, "nothing", 3) == []


async def test_a_part_ends_with_an_item_that_matches(db: Database) -> None:
    await put(db, make_draft("One"), make_draft("Two"))
    query = parse("one", VOCABULARY)
    async with db.read() as tx:
        last = await last_edition(tx, query, now=NOW)
        assert last is not None
        assert await part_to(tx, query, last, now=NOW, size=3) is not None
        assert await part_to(tx, query, last + 1, now=NOW, size=3) is None
        assert await part_to(tx, query, 0, now=NOW, size=3) is None


async def test_what_follows_an_arrival(db: Database) -> None:
    await put(db, *(make_draft(f"N {number}") for number in range(5)))
    query = parse("-1 n", VOCABULARY)
    async with db.read() as tx:
        last = await last_edition(tx, query, now=NOW)
        assert last is not None
        first = last - 4
        ends = [
            await end_after(tx, query, first + number, now=NOW, size=3) for number in range(-1, 5)
        ]
    assert ends == [first + 3] * 4 + [last, None]
