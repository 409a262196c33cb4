import sys
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from domain.matching import ItemTerms, item_terms, matches
from domain.model import Draft, Item, Kind
from domain.query import EVERYTHING, Query, parse
from domain.query.tree import And, Node, Or, PublishedIn
from domain.ranking import Ranker
from storage.database import Database
from storage.items import by_slugs
from storage.search import Order, Page, find
from storage.tables import ItemRow
from tests.factories import NOW, SOURCE, TOPICS, VOCABULARY, make_draft, put
from tests.trees import DAYS, TEXT, TREES, on


async def answer(
    db: Database,
    query: Query,
    *,
    limit: int = 10,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
) -> Page:
    async with db.read() as tx:
        return await find(tx, query, now=NOW, limit=limit, offset=offset, order=order)


async def titles(db: Database, text: str) -> list[str]:
    return [item.title for item in (await answer(db, parse(text, VOCABULARY))).items]


async def test_words_are_found_in_any_form_and_best_first(db: Database) -> None:
    await put(
        db,
        make_draft("Other news", body="Nothing."),
        make_draft("In the body", body="They smuggled migrants."),
        make_draft("Smuggling of migrants", body="In the title."),
        make_draft("In the caption", body="x", caption="Smuggling boats"),
    )
    expected = ["Smuggling of migrants", "In the body", "In the caption"]
    assert await titles(db, "smuggling") == expected
    assert await titles(db, "SMUGGLES") == expected
    assert await titles(db, "absent") == []


async def test_phrases_are_consecutive_and_within_one_text(db: Database) -> None:
    await put(
        db,
        make_draft("The Blue Heart", body="x"),
        make_draft("A heart of blue", body="x"),
        make_draft("Blue", body="Heart"),
    )
    assert await titles(db, '"blue heart"') == ["The Blue Heart"]
    assert len(await titles(db, "blue heart")) == 3


async def test_scripts_without_spaces_are_found_by_their_parts(db: Database) -> None:
    await put(db, make_draft("打击贩运人口", body="x", lang="zh"), make_draft("人口", lang="zh"))
    assert await titles(db, "贩运人口") == ["打击贩运人口"]
    assert len(await titles(db, "人口")) == 2


async def test_a_long_text_is_searched_to_its_end(db: Database) -> None:
    """PostgreSQL keeps no position beyond 16,383, and 256 of a term."""
    filler = " ".join(["again and"] * 20_000)
    await put(db, make_draft("Long", body=f"{filler} the last words"), make_draft("Short"))
    assert await titles(db, '"the last words"') == ["Long"]
    assert await titles(db, '"and again"') == ["Long"]
    assert await titles(db, '"last the"') == []


async def test_everything_pages_newest_first(db: Database) -> None:
    await put(db, *(make_draft(f"{n}", published=on(date(2020, 1, n))) for n in range(1, 8)))
    pages = [await answer(db, EVERYTHING, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [[item.title for item in page.items] for page in pages] == [
        ["7", "6", "5"],
        ["4", "3", "2"],
        ["1"],
        [],
    ]
    assert {page.total for page in pages} == {7}


async def test_an_edit_is_found_by_its_new_words_alone(db: Database) -> None:
    await put(db, make_draft("Old words", body="The same."))
    await put(db, make_draft("New words", body="The same."), document="b")
    assert await titles(db, "old") == []
    assert await titles(db, "new") == ["New words"]


async def test_ranking_looks_at_the_newest_only(db: Database) -> None:
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(305)]
    await put(db, *(make_draft(f"Word {day}", body=f"{day}", published=on(day)) for day in days))
    query = parse("word", VOCABULARY)
    ranked, newest = await answer(db, query), await answer(db, query, order=Order.NEWEST)
    assert (ranked.total, ranked.is_whole) == (300, False)
    assert (newest.total, newest.is_whole) == (305, True)
    oldest = await answer(db, query, order=Order.NEWEST, limit=5, offset=304)
    assert [item.title for item in oldest.items] == ["Word 2000-01-01"]


async def test_pages_go_on_beyond_what_is_counted(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["storage.search.find"], "COUNTED", 4)
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(9)]
    await put(db, *(make_draft(f"Word {day}", body=f"{day}", published=on(day)) for day in days))
    query, found, total = parse("word", VOCABULARY), list[str](), 1
    while len(found) < total:
        page = await answer(db, query, order=Order.NEWEST, limit=2, offset=len(found))
        found += [item.title for item in page.items]
        total = page.total
        assert not page.is_whole
    assert found == [f"Word {day}" for day in reversed(days)]
    beyond = await answer(db, query, order=Order.NEWEST, limit=2, offset=50)
    assert (beyond.items, beyond.total) == ((), 4)


DRAFTS = st.builds(
    make_draft,
    title=TEXT.map(lambda text: f"T {text}"),
    body=TEXT,
    caption=st.none() | TEXT,
    photo_credit=st.none() | TEXT,
    published=st.none() | DAYS.map(on),
    lang=st.sampled_from(["en", "fr", "ru", "zh", "und"]),
    kind=st.sampled_from(list(Kind)),
    topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    countries=st.lists(st.sampled_from(["NG", "FR", "TH"]), unique=True).map(tuple),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drafts=st.lists(DRAFTS, max_size=12), trees=st.lists(TREES, min_size=1, max_size=12))
async def test_search_means_what_matching_means(
    db: Database, drafts: list[Draft], trees: list[Node]
) -> None:
    """What each example finds is told by the pure functions: so it is the same on any database."""
    await put(db, *drafts, source=SOURCE if len(drafts) % 2 else "elsewhere")
    stored = await _newest_first(db)
    terms = {item.slug: item_terms(item) for item in stored}
    for tree in trees:
        wanted = [item for item in stored if matches(tree, item, terms[item.slug], NOW.date())]
        query = Query(tree, "", EVERYTHING.reading)
        newest = await answer(db, query, limit=1000, order=Order.NEWEST)
        assert _stories(newest.items) == _told_once(wanted)
        assert newest.total == len(_told_once(wanted))
        assert {item.slug for item in newest.items} <= {item.slug for item in wanted}
        wanted.sort(key=lambda item: -_score(tree, item, terms[item.slug]))
        best = await answer(db, query, limit=1000)
        assert _stories(best.items) == _told_once(wanted)
        assert best.total == newest.total
        page = await answer(db, query, limit=2, offset=1)
        assert _stories(page.items) == _told_once(wanted)[1:3]


async def test_dates_beside_too_many_alternatives_are_asked_of_the_items(db: Database) -> None:
    days = [on(date(2020, 1, day)) for day in (1, 2, 3)]
    await put(db, *(make_draft(f"{day.day} heart", published=day) for day in days))
    either = Or((PublishedIn(date(2020, 1, 3), None), parse("2020-01-01 heart", VOCABULARY).tree))
    query = Query(And((either,) * 6), "", EVERYTHING.reading)
    found = await answer(db, query)
    assert [item.title for item in found.items] == ["2020-01-03 heart", "2020-01-01 heart"]


async def _newest_first(db: Database) -> list[Item]:
    """Return every version of every story; of one second the one stored first comes first."""
    order = col(ItemRow.published_at).desc(), col(ItemRow.id)
    async with db.read() as tx:
        return await by_slugs(
            tx, list(await tx.scalars(select(col(ItemRow.slug)).order_by(*order)))
        )


def _stories(items: Sequence[Item]) -> list[str]:
    return [item.story for item in items]


def _told_once(items: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(_stories(items)))


def _score(tree: Node, item: Item, terms: ItemTerms) -> float:
    return Ranker(tree).score(terms, lambda label: matches(label, item, terms, NOW.date()))
