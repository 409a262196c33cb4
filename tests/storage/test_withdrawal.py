from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from domain.errors import NotFoundError, WithdrawnError
from domain.query import EVERYTHING
from storage import items, outbox, topics
from storage.database import Database
from storage.outbox.retraction import REASON
from storage.search import find
from storage.tables import DeliveryRow, DigestRow, State
from storage.versions import others
from storage.withdrawal import reinstate, withdraw
from storage.withdrawal import shown as shown_item
from tests.factories import NOW, VOCABULARY, follow, make_draft, put, slugs
from tests.sending import claim, expand_all, sent, shown

LATER = NOW + timedelta(minutes=1)


async def take_away(db: Database, slug: str) -> bool:
    async with db.write() as tx:
        return await withdraw(tx, slug, now=LATER)


async def give_back(db: Database, slug: str) -> bool:
    async with db.write() as tx:
        return await reinstate(tx, slug, now=LATER)


async def states(db: Database) -> dict[int, str]:
    async with db.read() as tx:
        rows = await tx.execute(select(col(DeliveryRow.chat_id), col(DeliveryRow.state)))
        return dict(rows.all())


async def put_one(db: Database, title: str = "Smugglers convicted", *, push: bool = True) -> str:
    return (await put(db, make_draft(title, topics=("drugs",)), push=push)).entries[0].slug


async def test_it_leaves_answers_counts_and_pages_and_comes_back(db: Database) -> None:
    slug = await put_one(db)
    await put_one(db, "Another")
    assert await take_away(db, slug)
    assert not await take_away(db, slug)
    async with db.read() as tx:
        assert len((await find(tx, EVERYTHING, now=NOW)).items) == 1
        assert await items.get(tx, slug) is None
        with pytest.raises(WithdrawnError, match="2024-05-01"):
            await shown_item(tx, slug)
        assert (await items.counts(tx)).total == 1
        assert await topics.topic_counts(tx) == {"drugs": 1}
    assert await give_back(db, slug)
    assert not await give_back(db, slug)
    async with db.read() as tx:
        assert len((await find(tx, EVERYTHING, now=NOW)).items) == 2
        assert (await shown_item(tx, slug)).slug == slug
        assert await topics.topic_counts(tx) == {"drugs": 2}


async def test_a_topic_that_nothing_is_left_of_has_no_count(db: Database) -> None:
    await take_away(db, await put_one(db))
    async with db.read() as tx:
        assert await topics.topic_counts(tx) == {}


async def test_there_is_no_such_item(db: Database) -> None:
    with pytest.raises(NotFoundError):
        await take_away(db, "2009-06-22-0000000000")


async def test_reading_its_source_again_does_not_bring_it_back(db: Database) -> None:
    slug = await put_one(db)
    await take_away(db, slug)
    await put_one(db)
    await put(db, make_draft(body="An edited copy.", topics=("drugs",)), push=True, now=LATER)
    async with db.read() as tx:
        assert (await find(tx, EVERYTHING, now=NOW)).total == 0
    await expand_all(db)
    assert await states(db) == {}
    await give_back(db, slug)
    async with db.read() as tx:
        (item,) = (await find(tx, EVERYTHING, now=NOW)).items
    assert item.body == "An edited copy."


async def test_versions_of_its_story_are_told_without_it(db: Database) -> None:
    first = await put_one(db)
    body = "What is to be told: Smugglers convicted."
    (entry,) = (await put(db, make_draft("Convictions", body=body), source="elsewhere")).entries
    async with db.read() as tx:
        other = await items.get(tx, entry.slug)
        assert other is not None
        assert slugs(await others(tx, other)) == [first]
    await take_away(db, first)
    async with db.read() as tx:
        assert await others(tx, other) == ()


async def test_what_waits_is_taken_back_at_once(db: Database) -> None:
    """Before the worker has deleted anything, a claim leaves it out."""
    for chat_id in range(1, 6):
        await follow(db, chat_id)
    slug = await put_one(db)
    await put_one(db, "Another")
    await expand_all(db)
    await take_away(db, slug)
    assert {title for _, title in shown(await claim(db))} == {"Another"}
    await expand_all(db, chunk=2)
    assert await claim(db) == []


async def test_a_fan_out_that_runs_stops(db: Database) -> None:
    for chat_id in range(1, 24):
        await follow(db, chat_id, "" if chat_id % 2 else "smugglers")
    slug = await put_one(db)
    saved = outbox.SavedQueries(VOCABULARY)
    for _ in range(3):
        async with db.write() as tx:
            await outbox.expand(tx, saved=saved, now=NOW, chunk=4)
    assert 0 < len(await states(db)) < 23
    await take_away(db, slug)
    await expand_all(db, chunk=4)
    assert await states(db) == {}
    await give_back(db, slug)
    await expand_all(db, chunk=4)
    assert await states(db) == dict.fromkeys(range(1, 24), State.PENDING)


async def test_sent_messages_stay_and_are_not_sent_again(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    slug = await put_one(db)
    await expand_all(db)
    (first,) = await claim(db, limit=1)
    await sent(db, first)
    (in_flight,) = await claim(db, limit=1)
    await take_away(db, slug)
    await expand_all(db)
    assert await states(db) == {1: State.SENT, 2: State.LEASED}
    await sent(db, in_flight)
    await give_back(db, slug)
    await expand_all(db)
    assert await states(db) == {1: State.SENT, 2: State.SENT}


async def test_one_that_is_to_be_tried_again_is_cancelled(db: Database) -> None:
    await follow(db, 1)
    slug = await put_one(db)
    await expand_all(db)
    (first,) = await claim(db)
    async with db.write() as tx:
        await outbox.settle_later(tx, first, due=NOW, reason="no answer")
    await take_away(db, slug)
    await expand_all(db)
    assert await claim(db) == []
    async with db.read() as tx:
        row = (await tx.scalars(select(DeliveryRow))).one()
    assert (row.state, row.reason, row.due_at) == (State.CANCELLED, REASON, None)


@pytest.mark.parametrize("made", [False, True])
async def test_it_is_left_out_of_digests(db: Database, *, made: bool) -> None:
    """One that is made already, and the next; a digest that has nothing else is not sent."""
    for chat_id in (1, 2):
        await follow(db, chat_id, "smugglers", "daily 13:00")
    await follow(db, 2, "kind:news", "daily 13:00")
    slug = await put_one(db)
    await put_one(db, "Another")
    await expand_all(db)
    due = NOW + timedelta(hours=1)
    if not made:
        await take_away(db, slug)
        await expand_all(db)
    async with db.write() as tx:
        await outbox.make_digests(tx, now=due, limit=10)
    if made:
        await take_away(db, slug)
    assert shown(await claim(db, now=due)) == [(2, "Another")]
    async with db.read() as tx:
        digests = (await tx.execute(select(col(DigestRow.chat_id), col(DigestRow.state)))).all()
    assert sorted(map(tuple, digests)) == (
        [(1, State.CANCELLED), (2, State.CANCELLED), (2, State.LEASED)]
        if made
        else [(2, State.LEASED)]
    )


async def test_an_old_item_is_shown_again_but_not_sent(db: Database) -> None:
    await follow(db, 1)
    slug = await put_one(db)
    await take_away(db, slug)
    async with db.write() as tx:
        assert await reinstate(tx, slug, now=NOW + timedelta(days=8))
    assert await expand_all(db) == []


async def test_a_version_of_a_withdrawn_story_goes_to_all(db: Database) -> None:
    await follow(db, 1)
    slug = await put_one(db)
    await expand_all(db)
    await sent(db, *await claim(db))
    await take_away(db, slug)
    body = "What is to be told: Smugglers convicted."
    await put(db, make_draft("Convictions", body=body), source="elsewhere", push=True)
    await expand_all(db)
    assert shown(await claim(db)) == [(1, "Convictions")]
