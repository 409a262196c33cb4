from datetime import timedelta

from domain.model import Lane
from storage import chats, outbox, subscriptions
from storage.database import Database
from tests.factories import NOW, VOCABULARY, follow, make_draft, put
from tests.sending import broadcast, claim, expand_all, sent, shown

OLD, NEW = -500, -1_001_234_567_890
DAY = timedelta(days=1)


async def move(db: Database, old: int = OLD, new: int = NEW) -> None:
    async with db.write() as tx:
        await outbox.chat_moved(tx, old, new)


async def test_everything_goes_with_a_chat_to_its_new_id(db: Database) -> None:
    await follow(db, OLD, "", "now", timezone="Asia/Bangkok")
    await follow(db, OLD, "topic:drugs", "daily 08:00")
    await broadcast(db, "One")
    (one,) = await claim(db)
    await move(db)
    async with db.write() as tx:
        assert await chats.get(tx, OLD) is None
        moved = await chats.get(tx, NEW)
        assert moved
        assert moved.timezone == "Asia/Bangkok"
        assert len(await subscriptions.of_chat(tx, NEW)) == 2
        await outbox.settle_later(tx, one, due=NOW, reason="moved", count_attempt=False)
    assert shown(await claim(db)) == [(NEW, "One")]


async def test_a_chat_that_is_there_already_is_merged(db: Database) -> None:
    for chat_id in (OLD, NEW):
        await follow(db, chat_id, "")
    await follow(db, OLD, "topic:drugs")
    await broadcast(db, "One")
    one = {delivery.chat_id: delivery for delivery in await claim(db)}
    await sent(db, one[OLD])
    await broadcast(db, "Two")
    await move(db)
    assert shown(await claim(db, now=NOW + DAY)) == [(NEW, "Two")]
    async with db.read() as tx:
        followed = [each.query for each in await subscriptions.of_chat(tx, NEW)]
    assert followed == ["", "topic:drugs"]


async def test_what_is_held_is_merged_too(db: Database) -> None:
    await follow(db, OLD, "", "daily 08:00")
    await broadcast(db, "One")
    await follow(db, NEW, "", "now")
    await move(db)
    async with db.write() as tx:
        assert await outbox.make_digests(tx, now=NOW + DAY, limit=10) == 1
    (digest,) = await claim(db, now=NOW + DAY)
    assert (digest.chat_id, digest.lane) == (NEW, Lane.DIGEST)
    async with db.write() as tx:
        assert await outbox.make_digests(tx, now=NOW + 3 * DAY, limit=10) == 0


async def test_a_chat_that_moves_behind_the_cursor_still_gets_the_item_once(db: Database) -> None:
    before, after = -(10**10), 5
    for chat_id in (before, OLD, after):
        await follow(db, chat_id)
    await put(db, make_draft(), push=True)
    waiting = 0
    saved = outbox.SavedQueries(VOCABULARY)
    while waiting == 0:
        async with db.write() as tx:
            await outbox.expand(tx, saved=saved, now=NOW, chunk=1)
            waiting = (await outbox.pending(tx)).lanes[Lane.PUSH].waiting
    await move(db)
    await expand_all(db, chunk=1)
    assert sorted(chat_id for chat_id, _ in shown(await claim(db))) == [NEW, before, after]


async def test_moves_of_nobody_and_to_oneself_change_nothing(db: Database) -> None:
    await follow(db, OLD)
    await move(db, 77, 78)
    await move(db, OLD, OLD)
    async with db.read() as tx:
        assert await chats.get(tx, 78) is None
        assert len(await subscriptions.of_chat(tx, OLD)) == 1


async def test_digests_and_reasons_go_with_a_chat_that_is_gone(db: Database) -> None:
    await follow(db, 1, "", "daily 08:00")
    await broadcast(db, "One")
    async with db.write() as tx:
        await outbox.make_digests(tx, now=NOW + DAY, limit=10)
    await broadcast(db, "Two")
    async with db.write() as tx:
        await outbox.chat_gone(tx, 1, "kicked", NOW)
        await outbox.chat_gone(tx, 99, "never seen", NOW)
        assert (await outbox.pending(tx)).total == 0
        await chats.register(tx, 1, now=NOW, timezone="UTC")
        await outbox.make_digests(tx, now=NOW + 2 * DAY, limit=10)
    assert await claim(db, now=NOW + 2 * DAY) == []
