from datetime import timedelta

import pytest

from domain.errors import InputError
from domain.model import ChatState, Delivery, Lane
from storage import chats, outbox
from storage.database import Database
from tests.factories import NOW, follow
from tests.sending import broadcast, claim, shown

HOUR = timedelta(hours=1)


async def set_aside(db: Database, delivery: Delivery, reason: str = "message is too long") -> None:
    async with db.write() as tx:
        await outbox.settle_failed(tx, delivery, reason=reason, now=NOW)


async def failed(db: Database, limit: int = 10) -> list[outbox.SetAside]:
    async with db.read() as tx:
        return await outbox.failed(tx, limit)


async def retry(db: Database, *ids: str) -> int:
    async with db.write() as tx:
        return await outbox.retry_failed(tx, ids or None, NOW + HOUR)


async def test_what_is_set_aside_is_listed_without_its_chat(db: Database) -> None:
    for chat_id in (1_234_567_890, 1_234_567_891):
        await follow(db, chat_id)
    await broadcast(db, "First", "Second")
    one, two = await claim(db)
    await set_aside(db, one)
    await set_aside(db, two, "refused for an unknown reason")
    (later, *_) = await claim(db)
    await set_aside(db, later)
    listed = await failed(db)
    assert [each.reason for each in listed].count("message is too long") == 2
    assert {each.chat for each in listed} == {each.chat for each in listed[:2]}
    assert len({each.chat for each in listed}) == 2
    assert "12345678" not in repr(listed)
    assert all(len(each.items) == 1 and each.is_reachable and each.at == NOW for each in listed)
    assert len(await failed(db, 1)) == 1
    async with db.read() as tx:
        assert await outbox.reasons(tx) == {
            (Lane.PUSH, "message is too long"): 2,
            (Lane.PUSH, "refused for an unknown reason"): 1,
        }


async def test_sent_again_it_goes_before_what_came_later(db: Database) -> None:
    await follow(db, 1)
    await broadcast(db, "First", "Second")
    (first,) = await claim(db)
    await set_aside(db, first)
    (listed,) = await failed(db)
    assert await retry(db, listed.id) == 1
    assert await failed(db) == []
    (again,) = await claim(db, now=NOW + HOUR)
    assert shown([again]) == [(1, "First")]
    assert (again.attempts, again.plain) == (0, False)
    assert await retry(db, listed.id) == 0


async def test_all_are_sent_again_but_to_chats_that_take_nothing(db: Database) -> None:
    for chat_id in (1, 2, 3):
        await follow(db, chat_id)
    await broadcast(db, "First")
    for delivery in await claim(db):
        await set_aside(db, delivery)
    async with db.write() as tx:
        await chats.set_state(tx, 2, ChatState.PAUSED, None, NOW)
    assert sum(each.is_reachable for each in await failed(db)) == 2
    assert await retry(db) == 2
    assert shown(await claim(db, now=NOW + HOUR)) == [(1, "First"), (3, "First")]


async def test_a_digest_is_set_aside_whole(db: Database) -> None:
    await follow(db, 1, schedule="daily 08:00")
    await broadcast(db, "First", "Second")
    later = NOW + timedelta(days=1)
    async with db.write() as tx:
        await outbox.make_digests(tx, now=later, limit=10)
    (digest,) = await claim(db, now=later)
    await set_aside(db, digest)
    (listed,) = await failed(db)
    assert listed.id.startswith("digest-")
    assert len(listed.items) == 2
    assert await retry(db, listed.id) == 1
    (again,) = await claim(db, now=later)
    assert {item.title for item in again.items} == {"First", "Second"}


@pytest.mark.parametrize("wrong", ["", "17", "push-", "push--1", "reply-1", "push-²", "all"])
async def test_an_id_that_cannot_be_one(db: Database, wrong: str) -> None:
    with pytest.raises(InputError, match="look like push-17"):
        await retry(db, wrong)
