from storage import outbox, subscriptions, threads
from storage.database import Database
from tests.factories import NOW, follow
from tests.sending import broadcast, claim

GROUP = -1001


async def follow_in(db: Database, thread_id: int | None, schedule: str = "now") -> None:
    await follow(db, GROUP)
    async with db.write() as tx:
        await subscriptions.add(tx, GROUP, "", schedule, now=NOW, thread_id=thread_id)


async def test_messages_go_to_the_topic_that_the_subscription_was_made_in(db: Database) -> None:
    await follow_in(db, 5)
    await follow(db, 1)
    await broadcast(db, "First")
    assert {one.chat_id: one.thread_id for one in await claim(db)} == {GROUP: 5, 1: None}
    async with db.read() as tx:
        assert [one.thread_id for one in await subscriptions.of_chat(tx, GROUP)] == [5]


async def test_a_paused_topics_messages_go_to_its_chat_until_it_is_used_again(
    db: Database,
) -> None:
    await follow_in(db, 5)
    async with db.write() as tx:
        await threads.pause(tx, GROUP, 5, "message thread not found", NOW)
        await threads.pause(tx, GROUP, 5, "again", NOW)
    await broadcast(db, "First")
    (one,) = await claim(db)
    assert one.thread_id is None
    async with db.write() as tx:
        await outbox.settle_later(tx, one, due=NOW, reason="x")
        await threads.use_again(tx, GROUP, 5)
    (one,) = await claim(db)
    assert one.thread_id == 5


async def test_following_anew_moves_to_where_it_was_asked_for(db: Database) -> None:
    await follow_in(db, 5)
    async with db.write() as tx:
        await threads.pause(tx, GROUP, 6, "closed", NOW)
    await follow_in(db, 6)
    await broadcast(db, "First")
    assert [one.thread_id for one in await claim(db)] == [6]
    await follow_in(db, None)
    await broadcast(db, "Second")
