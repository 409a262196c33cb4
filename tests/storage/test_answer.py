import pytest

from domain.errors import QueryError
from domain.places import Places
from domain.taxonomy import Taxonomy, Topic
from domain.vocabulary import build_vocabulary
from storage.database import Database
from storage.search import Answer, Read, answer
from storage.spelling import spelt_like
from tests.factories import NOW, make_draft, put

NAMES = build_vocabulary(
    Taxonomy([Topic("human-trafficking", {"en": "human trafficking"})]), Places({})
)


@pytest.fixture
async def store(db: Database) -> Database:
    await put(
        db,
        make_draft("Unprecendented court of women", body="They hear the trafficked."),
        make_draft("A deadly busines by boat", body="The 2030 agenda and its goals."),
        make_draft("Police and prosecutors meet", body="The training was for all of them."),
    )
    return db


async def ask(db: Database, text: str) -> Answer:
    async with db.read() as tx:
        return await answer(tx, text, NAMES, now=NOW)


@pytest.mark.parametrize(
    ("text", "read", "canonical"),
    [
        ("court women", Read.AS_TYPED, "court women"),
        ("unprecedented court", Read.CORRECTED, "court unprecendented"),
        ("procecutors", Read.CORRECTED, "prosecutors"),
        ("deadly business boat", Read.CORRECTED, "boat busines deadly"),
        ("agenda 2030", Read.LITERALLY, 'agenda "2030"'),
        ("police training boat", Read.RELAXED, None),
    ],
)
async def test_what_was_meant_is_answered(
    store: Database, text: str, read: Read, canonical: str | None
) -> None:
    found = await ask(store, text)
    assert found.read is read
    assert found.page.total == 1
    assert canonical is None or found.query.canonical == canonical


@pytest.mark.parametrize("text", ["football", "football results", "wars", "boat football", "人口"])
async def test_a_query_about_nothing_is_not_answered(store: Database, text: str) -> None:
    found = await ask(store, text)
    assert found.page.items == ()
    assert found.query == found.asked


async def test_what_nearly_found_something_is_offered(store: Database) -> None:
    found = await ask(store, "kind:news boat football")
    assert [(one.query.canonical, one.total) for one in found.near] == [("kind:news boat", 1)]


async def test_what_lacks_only_the_commonest_idea_comes_after(store: Database) -> None:
    await put(
        store,
        make_draft("Smugglers by boat meet police", body="On patrol."),
        make_draft("Police boat sinks"),
        make_draft("Police on patrol"),
    )
    found = await ask(store, "police sinks")
    assert [item.title for item in found.page.items] == ["Police boat sinks"]
    assert found.nearly.items == ()
    found = await ask(store, "police smugglers")
    assert found.read is Read.AS_TYPED
    await put(store, make_draft("Smugglers at sea"))
    found = await ask(store, "police smugglers")
    assert [item.title for item in found.page.items] == ["Smugglers by boat meet police"]
    assert [item.title for item in found.nearly.items] == ["Smugglers at sea"]
    async with store.read() as tx:
        following = await answer(tx, "police smugglers", NAMES, now=NOW, offset=10)
    assert following.nearly.items == ()


async def test_ideas_that_are_equally_common_must_all_be_there(store: Database) -> None:
    await put(store, make_draft("Women and police"))
    assert (await ask(store, "women police")).nearly.items == ()


async def test_a_reading_can_be_undone(store: Database) -> None:
    found = await ask(store, "women 2009")
    assert found.words_only is not None
    assert found.words_only.canonical == 'women "2009"'
    assert (await ask(store, "women")).words_only is None


async def test_too_many_unknown_words_are_not_guessed_at(store: Database) -> None:
    text = "unprecedented procecutors polise womenn deadlyy"
    assert (await ask(store, text)).page.total == 0


async def test_an_unreadable_query_is_refused(store: Database) -> None:
    with pytest.raises(QueryError):
        await ask(store, '"open')


async def test_words_are_found_by_their_spelling(store: Database) -> None:
    async with store.read() as tx:
        assert "unprecendented" in await spelt_like(tx, "unprecedented")
        assert await spelt_like(tx, "zzzz") == []
