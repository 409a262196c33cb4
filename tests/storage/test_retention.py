from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from storage import outbox
from storage.database import Database
from storage.outbox import Place
from storage.outbox.starting import start
from storage.tables import DeliveryRow, DigestRow, ItemRow, State
from tests.factories import NOW, follow, make_draft, put
from tests.sending import claim, expand_all, sent, shown

KEPT = timedelta(days=30)
AFTER = NOW + KEPT + timedelta(days=1)
BODY = "What is to be told: the court in Lagos sentenced four people yesterday."


async def prune(db: Database, now: datetime = AFTER, limit: int = 3) -> int:
    """Do a whole round; returns how many rows it deleted."""
    place: Place | None = Place()
    deleted = 0
    while place is not None:
        async with db.write() as tx:
            step = await outbox.prune(tx, place, now=now, kept=KEPT, limit=limit)
        place, deleted = step.place, deleted + step.deleted
    return deleted


async def push(db: Database, title: str = "Four convicted", now: datetime = NOW) -> None:
    await put(db, make_draft(title, body=f"{BODY} {title}"), push=True, now=now)
    await expand_all(db, now=now)


async def rows(db: Database) -> list[str]:
    async with db.read() as tx:
        return list(await tx.scalars(select(col(DeliveryRow.state)).order_by(col(DeliveryRow.id))))


async def test_what_was_sent_long_ago_is_forgotten_and_not_sent_again(db: Database) -> None:
    for chat_id in range(1, 8):
        await follow(db, chat_id)
    await push(db)
    await sent(db, *await claim(db))
    assert await prune(db, NOW + KEPT) == 0
    assert await prune(db) == 7
    assert await rows(db) == []
    await push(db, now=AFTER)
    await put(db, make_draft("Other words", body=f"{BODY} Four convicted"), push=True, now=AFTER)
    await expand_all(db, now=AFTER)
    assert await rows(db) == []


async def test_what_waits_or_failed_stays(db: Database) -> None:
    for chat_id in (1, 2, 3):
        await follow(db, chat_id)
    await follow(db, 4, "", "weekly mon 09:00")
    await push(db)
    one, two, *_ = await claim(db, limit=2)
    await sent(db, one)
    async with db.write() as tx:
        await outbox.settle_failed(tx, two, reason="too long", now=NOW)
    assert await prune(db) == 1
    assert sorted(await rows(db)) == [State.FAILED, State.HELD, State.PENDING]
    assert await prune(db, NOW + 5 * KEPT) == 1
    assert sorted(await rows(db)) == [State.HELD, State.PENDING]


async def test_an_item_that_is_still_on_its_way_is_let_be(db: Database) -> None:
    await follow(db, 1)
    await push(db)
    await sent(db, *await claim(db))
    await put(db, make_draft("Slow"), push=True)
    async with db.write() as tx:
        row = (await tx.scalars(select(ItemRow).order_by(col(ItemRow.id)))).first()
        assert row is not None
        await start(tx, row)
    assert await prune(db) == 0
    await expand_all(db)
    assert await prune(db) == 1


async def test_digests_go_with_their_items(db: Database) -> None:
    await follow(db, 1, "", "daily 13:00")
    await push(db, "One")
    await push(db, "Two")
    due = NOW + timedelta(hours=1)
    async with db.write() as tx:
        await outbox.run_schedules(tx, now=due)
    assert await prune(db) == 0
    await sent(db, *await claim(db, now=due), now=due)
    assert await prune(db, limit=1) == 3
    async with db.read() as tx:
        assert (await tx.execute(select(func.count(col(DigestRow.id))))).scalar_one() == 0


async def test_a_version_of_a_forgotten_story_goes_to_those_who_were_not_told(
    db: Database,
) -> None:
    """Chat 3 came later, and chat 4 follows what only the new version matches."""
    await follow(db, 1)
    await follow(db, 2, "court")
    await follow(db, 4, "lang:fr")
    await put(db, make_draft("Four convicted", body=BODY), push=True)
    await expand_all(db)
    await sent(db, *await claim(db))
    await follow(db, 3, now=NOW + timedelta(days=2))
    assert await prune(db) == 2
    french = make_draft("Quatre condamnés", body=BODY, lang="fr")
    await put(db, french, source="elsewhere", push=True, now=AFTER)
    await expand_all(db, now=AFTER)
    assert shown(await claim(db, now=AFTER)) == [
        (3, "Quatre condamnés"),
        (4, "Quatre condamnés"),
    ]


async def test_it_looks_at_no_more_than_it_may(db: Database) -> None:
    for chat_id in range(1, 11):
        await follow(db, chat_id)
    await push(db)
    await sent(db, *await claim(db))
    async with db.write() as tx:
        step = await outbox.prune(tx, Place(), now=AFTER, kept=KEPT, limit=4)
        assert step.place is not None
        step = await outbox.prune(tx, step.place, now=AFTER, kept=KEPT, limit=4)
    assert step.deleted == 4
    assert len(await rows(db)) == 6
