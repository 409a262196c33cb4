from datetime import timedelta

from bot.holds import StoredHolds
from storage import holds
from storage.database import Database
from tests.factories import NOW, follow
from tests.sending import broadcast, claim, sent

SECOND = timedelta(seconds=1)


async def test_a_hold_lasts_until_its_end_and_is_never_shortened(db: Database) -> None:
    async with db.write() as tx:
        await holds.note(tx, 7, NOW + 30 * SECOND, now=NOW)
        await holds.note(tx, holds.EVERYONE, NOW + 5 * SECOND, now=NOW)
        await holds.note(tx, 7, NOW + 10 * SECOND, now=NOW)
    async with db.read() as tx:
        assert await holds.current(tx, now=NOW) == {
            7: NOW + 30 * SECOND,
            holds.EVERYONE: NOW + 5 * SECOND,
        }
        assert await holds.current(tx, now=NOW + 5 * SECOND) == {7: NOW + 30 * SECOND}


async def test_what_has_ended_is_forgotten(db: Database) -> None:
    async with db.write() as tx:
        await holds.note(tx, 7, NOW + SECOND, now=NOW)
        await holds.note(tx, 8, NOW + 60 * SECOND, now=NOW + 2 * SECOND)
    async with db.read() as tx:
        assert set(await holds.current(tx, now=NOW)) == {8}


async def test_the_limiters_memory_is_in_the_store(db: Database) -> None:
    await StoredHolds(db, lambda: NOW).keep(7, 30)
    await StoredHolds(db, lambda: NOW).keep(None, 20)
    later = StoredHolds(db, lambda: NOW + 10 * SECOND)
    assert await later.load() == {7: 20, None: 10}


async def test_what_groups_were_sent_lately_is_known(db: Database) -> None:
    for chat_id in (-50, -60, 7):
        await follow(db, chat_id)
    await broadcast(db, "First", "Second")
    for seconds in (0, 10):
        moment = NOW + seconds * SECOND
        await sent(db, *await claim(db, now=moment), now=moment)
    memory = StoredHolds(db, lambda: NOW + 65 * SECOND)
    assert await memory.sent_to_groups(60) == [(-60, 55), (-50, 55)]


async def test_a_store_that_cannot_be_used_holds_nobody_up(sqlite_url: str) -> None:
    db = Database(f"{sqlite_url}/missing")
    memory = StoredHolds(db, lambda: NOW)
    await memory.keep(7, 30)
    assert await memory.load() == {}
    assert await memory.sent_to_groups(60) == []
