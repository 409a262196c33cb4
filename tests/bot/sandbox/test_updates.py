import asyncio

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.updates import UpdateQueue


@pytest.fixture
def queue() -> UpdateQueue:
    return UpdateQueue(lambda: None)


def put(queue: UpdateQueue, count: int) -> None:
    for number in range(count):
        queue.put("message", {"n": number})


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.poll(offset, limit, 0)]


async def test_updates_stay_until_an_offset_confirms_them(queue: UpdateQueue) -> None:
    put(queue, 3)
    assert await ids(queue) == [1, 2, 3]
    assert await ids(queue, limit=2) == [1, 2]
    assert await ids(queue, offset=3) == [3]
    assert await ids(queue, offset=1) == [3]
    assert await ids(queue, offset=9) == []


async def test_a_negative_offset_keeps_the_last(queue: UpdateQueue) -> None:
    put(queue, 3)
    assert await ids(queue, offset=-1) == [3]
    assert await ids(queue) == [3]


async def test_a_poll_waits_for_an_update(queue: UpdateQueue) -> None:
    poll = asyncio.create_task(queue.poll(0, 100, 5))
    await asyncio.sleep(0)
    put(queue, 1)
    assert len(await poll) == 1


async def test_a_poll_ends_empty_after_its_time(queue: UpdateQueue) -> None:
    assert await queue.poll(0, 100, 0.01) == []


async def test_a_second_poller_ends_the_first(queue: UpdateQueue) -> None:
    first = asyncio.create_task(queue.poll(0, 100, 5))
    await asyncio.sleep(0)
    second = asyncio.create_task(queue.poll(0, 100, 5))
    with pytest.raises(ApiError, match="terminated by other getUpdates request") as caught:
        await first
    assert caught.value.code == 409
    put(queue, 1)
    assert len(await second) == 1


async def test_a_webhook_ends_polling(queue: UpdateQueue) -> None:
    poll = asyncio.create_task(queue.poll(0, 100, 5))
    await asyncio.sleep(0)
    queue.start_webhook()
    with pytest.raises(ApiError, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(ApiError, match="can't use getUpdates method while webhook is active"):
        await queue.poll(0, 100, 0)


async def test_only_the_kinds_asked_for_are_queued(queue: UpdateQueue) -> None:
    assert queue.put("chat_member", {}) is None
    queue.allow(["chat_member"])
    assert queue.put("message", {}) is None
    assert queue.put("chat_member", {}) == 1
    queue.allow([])
    assert queue.put("message", {}) == 2
