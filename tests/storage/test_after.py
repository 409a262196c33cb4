from datetime import date, timedelta

from domain.model import Draft, Published
from domain.query import EVERYTHING, Query, parse
from seeds.data import load_classifier
from storage.database import Database
from storage.ingest import ingest
from storage.search import Place, stories_after
from storage.search.after import REPEATS
from tests.factories import NOW, SOURCE, VOCABULARY, make_draft

SENEGAL = {
    "en": "Senegal joins the Blue Heart Campaign",
    "fr": "Le Sénégal rejoint la Campagne Cœur bleu",
}
TOLD = {
    "en": "At a ceremony in Dakar, the Minister of Justice said that 30 public buildings would be "
    "lit in blue.",
    "fr": "Lors d'une cérémonie à Dakar, le ministre de la Justice a dit que 30 bâtiments publics "
    "seraient illuminés en bleu.",
}


async def put(db: Database, *drafts: Draft) -> None:
    """Store drafts as they are in earnest: versions are told by the shipped concepts."""
    async with db.write() as tx:
        await ingest(
            tx,
            drafts,
            source=SOURCE,
            document=None,
            classifier=load_classifier(),
            now=NOW,
            push=False,
        )


def version(lang: str, day: date) -> Draft:
    return make_draft(SENEGAL[lang], body=TOLD[lang], lang=lang, published=Published.on(day))


def numbered(first: int, last: int) -> list[Draft]:
    start = date(2013, 1, 1)
    return [
        make_draft(f"Number {n}", published=Published.on(start + timedelta(n)))
        for n in range(first, last)
    ]


async def step(
    db: Database, place: Place | None, limit: int, query: Query = EVERYTHING
) -> tuple[list[str], Place | None]:
    async with db.read() as tx:
        part = await stories_after(tx, query, now=NOW, place=place, limit=limit)
    return [item.title for item in part.items], part.place


async def walked(db: Database, limit: int, query: Query = EVERYTHING) -> list[str]:
    titles, place = await step(db, None, limit, query)
    while place is not None:
        more, place = await step(db, place, limit, query)
        assert more
        titles += more
    return titles


async def test_every_story_comes_once_newest_first(db: Database) -> None:
    await put(db, version("en", date(2013, 1, 5)), version("fr", date(2013, 1, 20)))
    await put(db, *numbered(0, 30))
    expected = [f"Number {n}" for n in range(29, -1, -1)]
    expected.insert(10, SENEGAL["en"])  # where its newest version stands, in English
    for limit in (1, 7, 31, 100):
        assert await walked(db, limit) == expected
    assert await walked(db, 2, parse("lang:fr", VOCABULARY)) == [SENEGAL["fr"]]
    assert await walked(db, 3, parse("nothing", VOCABULARY)) == []


async def test_many_versions_between_two_stories_are_passed_over(db: Database) -> None:
    await put(db, *numbered(200, 201), *numbered(0, 1))
    first = date(2013, 2, 1)
    told = [
        make_draft(
            f"Minister {chr(97 + n // 26)}{chr(97 + n % 26)} speaks",
            body=TOLD["en"],
            published=Published.on(first + timedelta(n)),
        )
        for n in range(REPEATS + 20)
    ]
    await put(db, *told)
    for limit in (1, 2):
        newest, newer, oldest = await walked(db, limit)
        assert (newest, newer, oldest) == ("Number 200", told[-1].title, "Number 0")


async def test_what_comes_in_meanwhile_is_left_out(db: Database) -> None:
    await put(db, version("en", date(2013, 1, 5)), *numbered(0, 20))
    seen, place = await step(db, None, 5)
    # Newer and older ones, and a version that lifts a story above where the walk is.
    await put(db, *numbered(30, 33), make_draft("Old", published=Published.on(date(2001, 1, 1))))
    await put(db, version("fr", date(2013, 2, 20)))
    while place is not None:
        more, place = await step(db, place, 5)
        seen += more
    expected = [f"Number {n}" for n in range(19, -1, -1)]
    expected.insert(15, SENEGAL["en"])
    assert seen == expected
    assert set(await walked(db, 4)) > set(seen)
