from datetime import date, timedelta

import pytest

from domain.model import Kind, Published
from domain.query import EVERYTHING, Field, parse
from storage.database import Database
from storage.search import count_facets, per_day, times_of
from tests.factories import NOW, VOCABULARY, make_draft
from tests.storage.test_after import put, version

SMUGGLING = "migrant-smuggling"


async def test_an_answer_is_counted_by_what_its_stories_have(db: Database) -> None:
    await put(
        db,
        make_draft("One", topics=(SMUGGLING,), countries=("NG", "FR")),
        make_draft("Two", topics=(SMUGGLING, "drugs"), kind=Kind.EVENT, countries=("NG",)),
        make_draft("Three", topics=("drugs",), lang="fr"),
    )
    async with db.read() as tx:
        all_of = await count_facets(tx, EVERYTHING, now=NOW)
        some = await count_facets(tx, parse(f"topic:{SMUGGLING}", VOCABULARY), now=NOW)
        none = await count_facets(tx, parse("nothing", VOCABULARY), now=NOW)
    assert all_of.values == {
        Field.TOPIC: {SMUGGLING: 2, "drugs": 2},
        Field.COUNTRY: {"NG": 2, "FR": 1},
        Field.KIND: {"news": 2, "event": 1},
        Field.LANG: {"en": 2, "fr": 1},
        Field.SOURCE: {"unodc": 3},
    }
    assert (all_of.stories, all_of.complete) == (3, True)
    assert some.values[Field.COUNTRY] == {"NG": 2, "FR": 1}
    assert some.values[Field.TOPIC] == {SMUGGLING: 2, "drugs": 1}
    assert (none.stories, none.values[Field.KIND]) == (0, {})


async def test_a_story_counts_once_with_all_that_its_versions_have(db: Database) -> None:
    await put(db, version("en", date(2013, 1, 5)), version("fr", date(2013, 1, 20)))
    async with db.read() as tx:
        counted = await count_facets(tx, EVERYTHING, now=NOW)
    assert counted.stories == 1
    assert counted.values[Field.LANG] == {"en": 1, "fr": 1}
    assert counted.values[Field.KIND] == {"news": 1}
    assert counted.times == {"2013-01": 1, "2013": 1}


async def test_only_the_newest_are_looked_at(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2013, 1, 1)
    kinds = (Kind.NEWS, Kind.EVENT, Kind.EVENT)
    drafts = [
        make_draft(f"Number {n}", kind=kind, published=Published.on(day + timedelta(n)))
        for n, kind in enumerate(kinds)
    ]
    await put(db, *drafts)
    monkeypatch.setattr("storage.search.facets.COUNTED", 2)
    async with db.read() as tx:
        counted = await count_facets(tx, EVERYTHING, now=NOW)
    assert (counted.values[Field.KIND], counted.complete) == ({"event": 2}, False)


async def test_days_are_counted_whenever_they_were(db: Database) -> None:
    days = [date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(2020, 2, 29)]
    drafts = [make_draft(f"On {day}", published=Published.on(day)) for day in days]
    await put(db, *drafts, make_draft("Leap", published=Published.from_iso("2020-02-29T23:59:59")))
    async with db.read() as tx:
        assert await per_day(tx, EVERYTHING, now=NOW) == dict(zip(days, (1, 1, 1, 2), strict=True))
        assert await per_day(tx, parse("leap", VOCABULARY), now=NOW) == {days[-1]: 1}
        assert await per_day(tx, parse("after:2020", VOCABULARY), now=NOW) == {days[-1]: 2}


async def test_times_are_the_same_by_story_and_by_day_where_no_story_has_two(db: Database) -> None:
    days = [date(1969, 12, 31), date(2019, 1, 2), date(2020, 2, 1), date(2020, 2, 29)]
    await put(db, *(make_draft(f"On {day}", published=Published.on(day)) for day in days))
    async with db.read() as tx:
        counted = await count_facets(tx, EVERYTHING, now=NOW)
        by_day = times_of(await per_day(tx, EVERYTHING, now=NOW))
    assert list(counted.times.items()) == list(by_day.items())
    assert by_day == {
        "2020-02": 2,
        "2020": 2,
        "2019-01": 1,
        "2019": 1,
        "1969-12": 1,
        "1969": 1,
    }
