from datetime import UTC, datetime, timedelta

from domain.model import ChatState, Lane
from storage import chats, outbox, subscriptions
from storage.database import Database
from tests.factories import NOW, follow
from tests.sending import broadcast, claim, sent

DAY = timedelta(days=1)
EIGHT = datetime(2024, 5, 2, 8, tzinfo=UTC)


async def make(db: Database, now: datetime = EIGHT, limit: int = 100) -> int:
    async with db.write() as tx:
        return await outbox.make_digests(tx, now=now, limit=limit)


async def titles(db: Database, now: datetime = EIGHT) -> list[list[str]]:
    return [[item.title for item in one.items] for one in await claim(db, now=now)]


async def test_what_is_held_becomes_one_message_when_due(db: Database) -> None:
    daily = await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "One", "Two")
    assert await claim(db) == []
    assert await make(db, EIGHT - timedelta(seconds=1)) == 0
    assert await make(db) == 1
    (digest,) = await claim(db, now=EIGHT)
    assert (digest.lane, digest.subscription_id, digest.chat_id) == (Lane.DIGEST, daily.id, 1)
    assert sorted(item.title for item in digest.items) == ["One", "Two"]
    await sent(db, digest, now=EIGHT)
    assert await make(db) == 0
    assert await claim(db, now=EIGHT + DAY / 2) == []


async def test_nothing_held_means_no_message(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    assert await make(db) == 1
    assert await make(db, EIGHT + DAY) == 1
    assert await claim(db, now=EIGHT + DAY) == []


async def test_one_digest_covers_days_of_downtime(db: Database) -> None:
    await follow(db, 1, "", "hourly")
    await broadcast(db, "One")
    assert await make(db, EIGHT + 10 * DAY) == 1
    assert await make(db, EIGHT + 10 * DAY) == 0
    assert await titles(db, EIGHT + 10 * DAY) == [["One"]]


async def test_a_period_has_one_digest_even_if_the_clock_is_set_back(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "One")
    await make(db)
    assert await titles(db) == [["One"]]
    async with db.write() as tx:
        await subscriptions.add(tx, 1, "", "hourly", now=NOW)
        await subscriptions.add(tx, 1, "", "daily 08:00", now=NOW)
    await broadcast(db, "Two")
    assert await make(db) == 1
    async with db.read() as tx:
        assert (await outbox.pending(tx)).lanes[Lane.DIGEST].waiting == 1
    assert await make(db, EIGHT + DAY) == 1
    async with db.read() as tx:
        assert (await outbox.pending(tx)).lanes[Lane.DIGEST].waiting == 2


async def test_it_goes_in_steps(db: Database) -> None:
    for chat_id in range(1, 8):
        await follow(db, chat_id, "", "daily 08:00")
    await broadcast(db, "One")
    assert [await make(db, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert sorted(one.chat_id for one in await claim(db, now=EIGHT)) == list(range(1, 8))


async def test_it_is_due_in_the_chats_own_time_zone(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00", timezone="Asia/Bangkok")
    await broadcast(db, "One")
    assert await make(db, datetime(2024, 5, 2, 0, 59, tzinfo=UTC)) == 0
    assert await make(db, datetime(2024, 5, 2, 1, tzinfo=UTC)) == 1


async def test_items_come_newest_first(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "B", "A", "C")
    await make(db)
    ((digest),) = await claim(db, now=EIGHT)
    assert [item.slug for item in digest.items] == sorted(item.slug for item in digest.items)


async def test_pushes_go_first_and_digests_have_their_share(db: Database) -> None:
    for chat_id in range(1, 21):
        await follow(db, chat_id, "", "now")
        await follow(db, chat_id + 100, "", "daily 08:00")
    await broadcast(db, "One")
    await make(db)
    lanes = [one.lane for one in await claim(db, 8, now=EIGHT)]
    assert (lanes.count(Lane.PUSH), lanes.count(Lane.DIGEST)) == (6, 2)
    singly = [
        await claim(db, 1, now=EIGHT + timedelta(milliseconds=number)) for number in range(12)
    ]
    assert [one.lane for claimed in singly for one in claimed].count(Lane.DIGEST) == 3
    rest = await claim(db, 100, now=EIGHT)
    assert len(rest) == 40 - 8 - 12


async def test_push_and_digest_of_a_chat_do_not_go_out_together(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "Held")
    async with db.write() as tx:
        await subscriptions.add(tx, 1, "pushed", "now", now=NOW)
    await make(db)
    await broadcast(db, "Pushed", now=EIGHT)
    (digest,) = await claim(db, now=EIGHT)
    assert digest.lane is Lane.DIGEST
    assert await claim(db, now=EIGHT) == []
    due = EIGHT + timedelta(minutes=1)
    async with db.write() as tx:
        await outbox.settle_later(tx, digest, due=due, reason="flood")
    assert await claim(db, now=EIGHT) == []
    await make(db, EIGHT + DAY)
    (push,) = await claim(db, 1, now=due + timedelta(milliseconds=1))
    assert push.lane is Lane.PUSH
    assert await claim(db, now=due + timedelta(milliseconds=1)) == []


async def test_ending_a_subscription_takes_back_what_waits_for_it(db: Database) -> None:
    daily = await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "One")
    await make(db)
    await broadcast(db, "Two", now=EIGHT)
    async with db.write() as tx:
        assert not await subscriptions.remove(tx, 2, daily.id)
        assert await subscriptions.remove(tx, 1, daily.id)
        assert not await subscriptions.remove(tx, 1, daily.id)
    await make(db, EIGHT + DAY)
    assert await claim(db, now=EIGHT + DAY) == []
    again = await follow(db, 1, "", "daily 08:00")
    assert again.id != daily.id


async def test_turning_to_now_sends_what_is_held_as_a_last_digest(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "One")
    async with db.write() as tx:
        subscription, is_new = await subscriptions.add(tx, 1, "", "NOW", now=NOW)
    assert (subscription.schedule, is_new) == ("now", False)
    assert await make(db, NOW) == 1
    assert await titles(db, NOW) == [["One"]]
    assert await make(db, EIGHT + DAY) == 0


async def test_the_first_digest_after_a_pause_tells_what_was_missed(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "One")
    async with db.write() as tx:
        await chats.set_state(tx, 1, ChatState.PAUSED, None, NOW)
    await broadcast(db, "Two")
    assert await make(db) == 1
    async with db.write() as tx:
        await chats.set_state(tx, 1, ChatState.ACTIVE, None, NOW)
    await broadcast(db, "Three")
    await make(db, EIGHT + DAY)
    assert [sorted(digest) for digest in await titles(db, EIGHT + DAY)] == [["One", "Three", "Two"]]
