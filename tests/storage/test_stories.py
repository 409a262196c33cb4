"""One story, however often it is told: linking, answers, and what chats get."""

import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.classify import Classifier
from domain.model import Draft, Published
from domain.query import EVERYTHING, parse
from seeds.data import load_classifier
from storage import outbox, stories
from storage.database import Database
from storage.ingest import ingest
from storage.search import Order, Page, find
from storage.tables import ChatRow
from tests.factories import CLASSIFIER, NOW, SOURCE, VOCABULARY, follow
from tests.sending import claim, expand_all, sent, shown

ENGLISH = Draft(
    title="Senegal joins the Blue Heart Campaign",
    body="At a ceremony in Dakar, the Minister of Justice said that 30 public buildings would be "
    "lit in blue. Senegal is the first country in West Africa to join the campaign.",
    published=Published.on(date(2018, 7, 27)),
)
FRENCH = Draft(
    title="Le Sénégal rejoint la Campagne Cœur bleu",
    body="Lors d'une cérémonie à Dakar, le ministre de la Justice a dit que 30 bâtiments publics "
    "seraient illuminés en bleu. Le Sénégal est le premier pays d'Afrique de l'Ouest à rejoindre "
    "la campagne.",
    published=Published.on(date(2018, 8, 13)),
)
OTHER = Draft(
    title="Mali joins the Blue Heart Campaign",
    body="At a ceremony in Bamako, the Minister of Justice said that 12 public buildings would be "
    "lit in blue. Mali is the second country in West Africa to join the campaign.",
    published=Published.on(date(2018, 8, 20)),
)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


async def take_in(db: Database, classifier: Classifier, *drafts: Draft, push: bool = False) -> None:
    async with db.write() as tx:
        await ingest(
            tx,
            drafts,
            source=SOURCE,
            document=None,
            classifier=classifier,
            now=NOW,
            push=push,
        )


async def ask(
    db: Database,
    text: str = "",
    *,
    reader: str | None = None,
    limit: int = 10,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
) -> Page:
    query = parse(text, VOCABULARY) if text else EVERYTHING
    async with db.read() as tx:
        return await find(
            tx, query, now=NOW, reader=reader, limit=limit, offset=offset, order=order
        )


def titles(page: Page) -> list[str]:
    return [item.title for item in page.items]


async def test_a_translation_joins_the_story_of_the_first(
    db: Database, classifier: Classifier
) -> None:
    await take_in(db, classifier, FRENCH)
    await take_in(db, classifier, ENGLISH, OTHER)
    page = await ask(db)
    assert titles(page) == [OTHER.title, ENGLISH.title]
    assert page.total == 2
    shown = page.items[1]
    (also,) = page.also[shown.slug]
    assert (also.title, also.story, shown.story) == (FRENCH.title, also.slug, also.slug)
    assert page.items[0].slug not in page.also


async def test_the_reader_gets_the_version_in_the_own_language(
    db: Database, classifier: Classifier
) -> None:
    await take_in(db, classifier, ENGLISH, FRENCH)
    assert titles(await ask(db, reader="fr")) == [FRENCH.title]
    assert titles(await ask(db, reader="es")) == [ENGLISH.title]
    assert titles(await ask(db, "lang:fr", reader="en")) == [FRENCH.title]
    both = await ask(db, "dakar", reader="fr")
    assert (titles(both), both.total) == ([FRENCH.title], 1)
    # What does not match is not shown, and still named.
    narrow = await ask(db, "ceremony minister buildings", reader="fr")
    assert titles(narrow) == [ENGLISH.title]
    assert [item.title for item in narrow.also[narrow.items[0].slug]] == [FRENCH.title]


@pytest.mark.parametrize("repeats", [0, 50])
async def test_pages_tell_each_story_once(
    db: Database, classifier: Classifier, repeats: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[find.__module__], "REPEATS", repeats)
    copies = [
        Draft(
            title=ENGLISH.title,
            body=f"{ENGLISH.body} Version {letter}.",
            published=Published.on(date(2018, 7, 27) + timedelta(days=number)),
        )
        for number, letter in enumerate("abcdefgh")
    ]
    await take_in(db, classifier, *copies, OTHER, FRENCH)
    for order in Order:
        first = await ask(db, limit=1, order=order)
        second = await ask(db, limit=1, offset=1, order=order)
        third = await ask(db, limit=1, offset=2, order=order)
        assert (titles(first), first.total) == ([OTHER.title], 2)
        assert titles(second) == [ENGLISH.title]
        assert third.items == ()


async def test_a_chat_gets_one_version_of_a_story(db: Database, classifier: Classifier) -> None:
    await follow(db, 1)
    await follow(db, 2, "lang:fr")
    await follow(db, 3, "", "daily 08:00")
    await take_in(db, classifier, ENGLISH, push=True)
    await expand_all(db)
    await take_in(db, classifier, FRENCH, OTHER, push=True)
    await expand_all(db)
    got = []
    while batch := await claim(db):
        await sent(db, *batch)
        got += shown(batch)
    assert sorted(got) == [(1, OTHER.title), (1, ENGLISH.title), (2, FRENCH.title)]
    async with db.write() as tx:
        await outbox.make_digests(tx, now=NOW + timedelta(days=1), limit=10)
    (digest,) = await claim(db, now=NOW + timedelta(days=1))
    assert [item.title for item in digest.items] == [OTHER.title, ENGLISH.title]


async def test_linking_anew_gives_what_taking_in_gave(db: Database, classifier: Classifier) -> None:
    await take_in(db, classifier, FRENCH, ENGLISH, OTHER)
    before = {item.slug: item.story for item in (await ask(db)).items}
    last = 0
    for _ in range(4):
        async with db.write() as tx:
            done = await stories.relink(tx, classifier, after=last, limit=1)
        last = done.last or last
        assert done.changed == 0
    assert done.last == 0
    assert {item.slug: item.story for item in (await ask(db)).items} == before


async def test_linking_anew_finds_what_is_linked_now(db: Database, classifier: Classifier) -> None:
    await take_in(db, CLASSIFIER, FRENCH, ENGLISH)
    assert (await ask(db)).total == 2
    async with db.write() as tx:
        done = await stories.relink(tx, classifier, after=0, limit=100)
    assert done.changed == 1
    assert (await ask(db)).total == 1


async def test_one_body_under_two_titles_is_one_story(db: Database, classifier: Classifier) -> None:
    twice = Draft(title="Another title", body=ENGLISH.body, published=ENGLISH.published)
    await take_in(db, classifier, ENGLISH)
    await take_in(db, classifier, twice)
    assert (await ask(db)).total == 1


async def test_an_edited_item_is_found_by_its_new_words(
    db: Database, classifier: Classifier
) -> None:
    bare = Draft(title="Untitled", key="1", published=ENGLISH.published)
    await take_in(db, classifier, bare)
    edited = Draft(title=ENGLISH.title, body=ENGLISH.body, key="1", published=ENGLISH.published)
    await take_in(db, classifier, edited)
    await take_in(db, classifier, FRENCH)
    assert titles(await ask(db)) == [ENGLISH.title]


async def test_a_push_is_in_the_chats_language_if_it_can_be(
    db: Database, classifier: Classifier
) -> None:
    await follow(db, 1)
    await follow(db, 2)
    async with db.write() as tx:
        (await tx.get_one(ChatRow, 2)).language = "fr"
    await take_in(db, classifier, ENGLISH, FRENCH, push=True)
    await expand_all(db)
    first, second = sorted(await claim(db), key=lambda one: one.chat_id)
    assert [one.items[0].lang for one in (first, second)] == ["en", "fr"]
    (english,) = second.also[second.items[0].slug]
    assert english.title == ENGLISH.title


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_the_ends_of_the_calendar_have_stories_too(
    db: Database, classifier: Classifier, day: date
) -> None:
    draft = replace(ENGLISH, published=Published.on(day))
    await take_in(db, classifier, draft, replace(draft, title="Blue Heart Campaign in Senegal"))
    assert (await ask(db)).total == 1
