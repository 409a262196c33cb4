"""Parts of a query's answer that stay as they are, whatever comes, changes or is withdrawn."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.matching import item_terms, matches
from domain.model import Item, Published
from domain.query import parse
from storage import editions, items
from storage.correction import correct
from storage.database import Database
from storage.search import Part, end_after, last_edition, part_to, scan
from storage.search.archive import fitting, start_of
from storage.withdrawal import reinstate, withdraw
from tests.factories import CLASSIFIER, NOW, VOCABULARY, make_draft, put

SIZE = 3
_FILES = count()
QUERIES = ["", "red", "blue -red", "topic:drugs", "lang:fr OR blue", "kind:news before:2009-06-23"]


async def part(db: Database, text: str, upto: int, size: int = SIZE) -> Part | None:
    async with db.read() as tx:
        return await part_to(tx, parse(text, VOCABULARY), upto, now=NOW, size=size)


async def last(db: Database, text: str = "") -> int | None:
    async with db.read() as tx:
        return await last_edition(tx, parse(text, VOCABULARY), now=NOW)


async def walk(db: Database, text: str, size: int = SIZE) -> list[tuple[Item, ...]]:
    """Return the parts that the last one leads to."""
    found, upto = [], await last(db, text)
    while upto is not None:
        one = await part(db, text, upto, size)
        assert one is not None
        assert len(one.items) <= size
        found.append(one.items)
        assert one.before is None or one.before < upto
        upto = one.before
    return found


def titles(parts: Sequence[Sequence[Item]]) -> list[list[str]]:
    return [[item.title for item in one] for one in parts]


async def test_parts_follow_arrival_whatever_the_dates(db: Database) -> None:
    days = [date(2010, 1, 1) - timedelta(number * 7 % 5) for number in range(7)]
    await put(
        db, *(make_draft(f"N {n}", published=Published.on(day)) for n, day in enumerate(days))
    )
    assert titles(await walk(db, "")) == [["N 6"], ["N 5", "N 4", "N 3"], ["N 2", "N 1", "N 0"]]
    assert titles(await walk(db, "-5 n")) == [["N 6"], ["N 4", "N 3"], ["N 2", "N 1", "N 0"]]
    assert titles(await walk(db, "5 OR 1")) == [["N 5", "N 1"]]
    assert titles(await walk(db, "nothing")) == []


async def test_every_number_that_was_given_ends_a_part(db: Database) -> None:
    await put(db, make_draft("One"), make_draft("Two"))
    newest = await last(db)
    assert newest is not None
    one = await part(db, "one", newest)
    assert one is not None
    assert titles([one.items]) == [["One"]]
    nothing = await part(db, "two", newest - 1)
    assert nothing == Part((), None)
    assert await part(db, "one", newest + 1) is None
    assert await part(db, "one", 0) is None


async def test_what_follows_a_number(db: Database) -> None:
    await put(db, *(make_draft(f"N {number}") for number in range(14)))

    async def ends(text: str) -> list[int]:
        found, upto = [], 0
        async with db.read() as tx:
            while end := await end_after(tx, parse(text, VOCABULARY), upto, now=NOW, size=SIZE):
                one = await part_to(tx, parse(text, VOCABULARY), end, now=NOW, size=SIZE)
                assert one is not None
                assert (one.before or 0) <= upto
                found.append(end)
                upto = end
        return found

    assert await ends("") == [3, 6, 9, 12, 14]
    assert await ends("n -1 -4 -7 -10") == [3, 6, 9, 12, 14]
    assert await ends("1 OR 4 OR 7") == [8]
    assert await ends("1 OR 4 OR 7 OR 11") == [5, 12]
    assert await ends("nothing") == []


@given(
    numbers=st.sets(st.integers(1, 400), min_size=1),
    ends=st.lists(st.integers(1, 400), min_size=2, max_size=2),
)
def test_parts_hold_what_they_may_and_begin_at_the_same_places(
    numbers: set[int], ends: list[int]
) -> None:
    def start(end: int) -> int:
        upto = sorted((number for number in numbers if number <= end), reverse=True)
        return start_of(end, upto[SIZE] if len(upto) > SIZE else 0, SIZE)

    first, second = sorted(ends)
    assert start(first) <= start(second)
    for end in ends:
        begin = start(end)
        assert begin % SIZE == 0
        assert 0 <= begin < end
        assert sum(begin < number <= end for number in numbers) <= SIZE
        block = SIZE
        while (lower := (end - 1) // block * block) >= begin and lower:
            block *= 2
        if begin:
            assert sum(lower < number <= end for number in numbers) > SIZE


@given(numbers=st.sets(st.integers(1, 120), min_size=1), after=st.integers(0, 120))
def test_what_follows_begins_before_the_next_number(numbers: set[int], after: int) -> None:
    while following := sorted(number for number in numbers if number > after)[: SIZE + 1]:
        end = following[fitting(following, after, SIZE) - 1]
        upto = sorted((number for number in numbers if number <= end), reverse=True)
        assert start_of(end, upto[SIZE] if len(upto) > SIZE else 0, SIZE) < following[0]
        assert end > after
        after = end


async def test_a_narrow_query_has_few_parts(db: Database) -> None:
    await put(db, *(make_draft(f"Story {'red' if n % 40 == 7 else n}{n}") for n in range(30)))
    await put(db, *(make_draft(f"Red story of day {n}", body=f"{n}") for n in (1, 2)))
    await put(db, *(make_draft(f"Later {n}", body=f"x {n}") for n in range(70)))
    await put(db, make_draft("Red at last", body="Other."))
    assert [len(one) for one in await walk(db, "red", size=5)] == [3]
    assert len(await walk(db, "", size=5)) > 20


async def test_the_last_edition_is_found_among_the_newest_of_many(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(db, *(make_draft(f"N {n}", lang="en" if n else "fr") for n in range(30)))
    await put(db, make_draft("N 3", body="In other words."))
    monkeypatch.setattr(scan, "SCANNED", 20)
    assert await last(db) == 31
    assert await last(db, "n 3") == 31
    assert await last(db, "n -3") == 30
    assert await last(db, "n 10 ") == 11
    assert await last(db, "lang:fr") == 1


@dataclass
class Witness:
    """Looks at every part of `QUERIES`, and says so when one is not what it was."""

    db: Database
    withdrawn: set[str] = field(default_factory=set)
    seen: dict[tuple[str, int], tuple[Part, frozenset[str]]] = field(default_factory=dict)
    exact: dict[tuple[str, int, frozenset[str]], Part] = field(default_factory=dict)

    async def look(self) -> None:
        hidden = frozenset(self.withdrawn)
        async with self.db.read() as tx:
            ends = range(1, await editions.last(tx) + 1)
            queries = [(text, parse(text, VOCABULARY)) for text in QUERIES]
            found = {
                (text, end): await part_to(tx, query, end, now=NOW, size=SIZE)
                for text, query in queries
                for end in ends
            }
        for at, now in found.items():
            assert now is not None
            assert self.exact.setdefault((*at, hidden), now) == now
            before, was_hidden = self.seen.setdefault(at, (now, hidden))
            assert before.before == now.before
            both = hidden | was_hidden
            assert _but(before, both) == _but(now, both)
        for text in QUERIES:
            await self._walk(text)

    async def _walk(self, text: str) -> None:
        """Look whether who walks has the newest wording of everything that matches."""
        query = parse(text, VOCABULARY)
        wordings = [item for one in await walk(self.db, text) for item in one]
        assert len({(item.slug, item.updated) for item in wordings}) == len(wordings)
        newest: dict[str, Item] = {}
        for item in sorted(wordings, key=lambda item: item.updated):
            newest[item.slug] = item
        async with self.db.read() as tx:
            numbers = range(1, await editions.last(tx) + 1)
            stored = {item.slug: item for item in (await editions.items_of(tx, numbers)).values()}
            current = await items.by_slugs(tx, list(stored))
        for item in current:
            if matches(query.tree, item, item_terms(item), NOW.date()):
                assert newest[item.slug] == item


def _but(one: Part, hidden: frozenset[str]) -> list[Item]:
    return [item for item in one.items if item.slug not in hidden]


async def do(witness: Witness, step: tuple[str, int, str]) -> None:
    """Take one of the steps that change a store."""
    what, number, words = step
    title = f"Story {number}"
    draft = make_draft(
        title,
        body=f"It is {words}." if words else "",
        topics=("drugs",) if "red" in words else (),
        lang="fr" if number == 2 else "en",
        published=Published.on(date(2009, 6, 20 + number)),
    )
    async with witness.db.read() as tx:
        listed = (await editions.items_of(tx, range(1, await editions.last(tx) + 1))).values()
    slugs = {item.title: item.slug for item in listed}
    if what == "put":
        await put(witness.db, draft)
        return
    async with witness.db.write() as tx:
        if what == "reinstate":
            for slug in witness.withdrawn:
                await reinstate(tx, slug, now=NOW)
            witness.withdrawn.clear()
        elif title in slugs and what == "withdraw":
            await withdraw(tx, slugs[title], now=NOW)
            witness.withdrawn.add(slugs[title])
        elif title in slugs:
            await correct(tx, slugs[title], draft, classifier=CLASSIFIER, now=NOW)


STEPS = st.tuples(
    st.sampled_from(["put", "put", "put", "correct", "withdraw", "reinstate"]),
    st.integers(0, 5),
    st.sampled_from(["red", "blue", "red and blue", "green"]),
)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=4, max_size=12))
async def test_parts_stay_whatever_is_done(
    sqlite_template: Path, tmp_path: Path, steps: list[tuple[str, int, str]]
) -> None:
    path = tmp_path / f"{next(_FILES)}.db"
    shutil.copyfile(sqlite_template, path)
    db = Database(f"sqlite:///{path}")
    witness = Witness(db)
    try:
        for step in steps:
            await do(witness, step)
            await witness.look()
    finally:
        await db.dispose()


async def test_parts_stay_on_both_databases(db: Database) -> None:
    witness = Witness(db)
    for step in [
        *(("put", number, "red" if number % 2 else "blue") for number in range(6)),
        ("put", 1, "blue"),
        ("withdraw", 1, ""),
        ("put", 1, "green"),
        ("correct", 0, "red and blue"),
        ("reinstate", 1, ""),
        ("correct", 1, "red"),
        ("withdraw", 0, ""),
        ("reinstate", 0, ""),
    ]:
        await do(witness, step)
        await witness.look()
