import pytest

from domain.errors import NotFoundError, ScheduleError
from domain.model import Chat, ChatState
from storage import chats, subscriptions
from storage.database import Database
from tests.factories import NOW, follow


async def test_a_chat_registers_once(db: Database) -> None:
    async with db.write() as tx:
        assert await chats.get(tx, 7) is None
        first = await chats.register(tx, 7, now=NOW, timezone="Europe/Vienna")
        again = await chats.register(tx, 7, now=NOW, timezone="UTC")
        assert first == again == await chats.get(tx, 7)
    assert first == Chat(id=7, state=ChatState.ACTIVE, timezone="Europe/Vienna", language=None)


async def test_a_paused_chat_stays_so_and_a_gone_one_comes_back(db: Database) -> None:
    async with db.write() as tx:
        for chat_id, state in ((1, ChatState.PAUSED), (2, ChatState.GONE)):
            await chats.register(tx, chat_id, now=NOW, timezone="UTC")
            await chats.set_state(tx, chat_id, state, "reason", NOW)
        assert await chats.counts(tx) == {
            ChatState.ACTIVE: 0,
            ChatState.PAUSED: 1,
            ChatState.GONE: 1,
        }
        paused = await chats.register(tx, 1, now=NOW, timezone="UTC")
        back = await chats.register(tx, 2, now=NOW, timezone="UTC")
        assert (paused.state, back.state) == (ChatState.PAUSED, ChatState.ACTIVE)


async def test_a_chat_that_never_registered_is_not_found(db: Database) -> None:
    async with db.write() as tx:
        with pytest.raises(NotFoundError):
            await chats.set_state(tx, 1, ChatState.PAUSED, None, NOW)
        with pytest.raises(NotFoundError):
            await subscriptions.add(tx, 1, "", "now", now=NOW)


async def test_a_query_is_followed_once_and_the_schedule_changes(db: Database) -> None:
    first = await follow(db, 1, "topic:drugs", "daily 8:00")
    assert first.schedule == "daily 08:00"
    second = await follow(db, 1, "", "weekly mon 07:30")
    async with db.write() as tx:
        changed, is_new = await subscriptions.add(tx, 1, "topic:drugs", "now", now=NOW)
        assert (changed.id, changed.schedule, is_new) == (first.id, "now", False)
        same, _ = await subscriptions.add(tx, 1, "topic:drugs", "now", now=NOW)
        assert same == changed
        assert await subscriptions.of_chat(tx, 1) == [changed, second]
        assert await subscriptions.of_chat(tx, 2) == []
        assert await subscriptions.count(tx) == 2


async def test_a_schedule_that_cannot_be_read_changes_nothing(db: Database) -> None:
    await follow(db, 1, "", "now")
    with pytest.raises(ScheduleError):
        await follow(db, 1, "", "sometimes")
    async with db.read() as tx:
        assert [each.schedule for each in await subscriptions.of_chat(tx, 1)] == ["now"]


async def test_all_subscriptions_end_together(db: Database) -> None:
    await follow(db, 1, "")
    await follow(db, 1, "topic:drugs")
    await follow(db, 2, "topic:drugs")
    async with db.write() as tx:
        assert await subscriptions.remove_all(tx, 1) == 2
        assert await subscriptions.remove_all(tx, 1) == 0
        assert await subscriptions.count(tx) == 1
