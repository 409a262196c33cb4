from datetime import datetime, timedelta

from domain.delivery import LEASE
from domain.model import ChatState, Lane
from storage import chats, outbox
from storage.database import Database
from tests.factories import NOW, follow
from tests.sending import broadcast, claim, sent, shown

DAY = timedelta(days=1)


async def test_one_message_of_a_chat_at_a_time_and_in_order(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    await broadcast(db, "First", "Second")
    first = await claim(db)
    assert shown(first) == [(1, "First"), (2, "First")]
    assert await claim(db) == []
    await sent(db, first[0])
    assert shown(await claim(db)) == [(1, "Second")]
    async with db.read() as tx:
        assert (await outbox.pending(tx)).lanes[Lane.PUSH].waiting == 3


async def test_a_claim_has_its_limit(db: Database) -> None:
    for chat_id in range(1, 6):
        await follow(db, chat_id)
    await broadcast(db, "First")
    assert [one.chat_id for one in await claim(db, 2)] == [1, 2]
    assert [one.chat_id for one in await claim(db, 2)] == [3, 4]
    assert [one.chat_id for one in await claim(db, 1)] == [5]
    assert await claim(db, 1) == []


async def test_a_message_that_waits_is_not_overtaken_in_its_chat(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    await broadcast(db, "First", "Second")
    one, two = await claim(db)
    due = NOW + timedelta(seconds=30)
    async with db.write() as tx:
        await outbox.settle_later(tx, one, due=due, reason="flood", count_attempt=False)
    await sent(db, two)
    assert shown(await claim(db)) == [(2, "Second")]
    assert await claim(db, now=due - timedelta(microseconds=1)) == []
    (again,) = await claim(db, now=due)
    assert shown([again]) == [(1, "First")]
    assert again.attempts == 0


async def test_a_lease_that_has_ended_is_claimed_again(db: Database) -> None:
    await follow(db, 1)
    await broadcast(db, "First")
    (lost,) = await claim(db)
    assert lost.attempts == 0
    assert await claim(db, now=NOW + LEASE - timedelta(seconds=1)) == []
    (again,) = await claim(db, now=NOW + LEASE, owner="other")
    assert (again.id, again.attempts) == (lost.id, 1)


async def test_who_lost_the_claim_cannot_put_it_back_but_can_say_that_it_was_sent(
    db: Database,
) -> None:
    await follow(db, 1)
    await broadcast(db, "First")
    (lost,) = await claim(db)
    (held,) = await claim(db, now=NOW + LEASE, owner="other")
    async with db.write() as tx:
        await outbox.settle_later(tx, lost, due=NOW, reason="late")
        await outbox.settle_failed(tx, lost, reason="late", now=NOW)
    assert await claim(db, now=NOW + LEASE) == []
    await sent(db, lost)
    async with db.write() as tx:
        await outbox.settle_later(tx, held, due=NOW, reason="late")
    assert await claim(db, now=NOW + DAY) == []


async def test_a_new_dispatcher_takes_over_what_the_former_one_claimed(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    await broadcast(db, "First")
    lost = await claim(db, 1, owner="dead")
    mine = await claim(db, 1, owner="new")
    async with db.write() as tx:
        assert await outbox.release_orphans(tx, "new", now=NOW) == 1
        assert await outbox.release_orphans(tx, "new", now=NOW) == 0
    assert shown(await claim(db, owner="new")) == shown(lost)
    assert shown(mine) == [(2, "First")]


async def test_tries_are_counted_and_plain_text_is_remembered(db: Database) -> None:
    await follow(db, 1)
    await broadcast(db, "First")
    for attempts, plain in ((0, False), (1, True), (2, True)):
        (one,) = await claim(db)
        assert (one.attempts, one.plain) == (attempts, plain)
        async with db.write() as tx:
            await outbox.settle_later(tx, one, due=NOW, reason="x", plain=attempts == 0)


async def test_a_message_set_aside_holds_up_nothing(db: Database) -> None:
    await follow(db, 1)
    await broadcast(db, "First", "Second")
    (one,) = await claim(db)
    async with db.write() as tx:
        await outbox.settle_failed(tx, one, reason="too long", now=NOW)
    assert shown(await claim(db)) == [(1, "Second")]


async def test_a_chat_that_is_gone_gets_nothing_until_it_is_back(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    await broadcast(db, "First", "Second")
    await claim(db, 1)
    async with db.write() as tx:
        await outbox.chat_gone(tx, 1, "Forbidden: bot was blocked by the user", NOW)
    assert shown(await claim(db)) == [(2, "First")]
    await broadcast(db, "Third")
    async with db.write() as tx:
        await chats.register(tx, 1, now=NOW, timezone="UTC")
    await broadcast(db, "Fourth")
    assert shown(await claim(db)) == [(1, "Fourth")]
    async with db.write() as tx:
        await chats.set_state(tx, 1, ChatState.PAUSED, None, NOW)
    assert await claim(db, now=NOW + LEASE) != []
    async with db.read() as tx:
        assert (await outbox.pending(tx)).lanes[Lane.PUSH].oldest_due is not None


async def test_chat_ids_have_64_bits(db: Database) -> None:
    chats_ = [-(2**63) + 1, -(2**31) - 1, 2**31, 2**63 - 1]
    for chat_id in chats_:
        await follow(db, chat_id)
    await broadcast(db, "First")
    assert [one.chat_id for one in await claim(db)] == chats_


async def test_an_empty_outbox_is_empty(db: Database) -> None:
    assert await claim(db) == []
    async with db.read() as tx:
        counts = await outbox.pending(tx)
    assert counts.total == 0
    assert counts.lanes[Lane.DIGEST] == outbox.LaneCounts(0, None)


async def test_looking_finds_what_claiming_would(db: Database) -> None:
    async def any_due(now: datetime = NOW) -> bool:
        async with db.read() as tx:
            return await outbox.any_due(tx, now=now)

    assert not await any_due()
    await follow(db, 1)
    await broadcast(db, "First", "Second")
    assert await any_due()
    (one,) = await claim(db)
    assert not await any_due(), "the second waits for the first"
    assert await any_due(NOW + LEASE)
    await sent(db, one)
    assert await any_due()
