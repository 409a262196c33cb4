import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.ordering import ChatOrder


def update_of(chat_id: int) -> Update:
    message = Message(1, datetime.now(UTC), Chat(chat_id, Chat.PRIVATE))
    return Update(chat_id, message=message)


async def test_a_chat_waits_for_itself_and_for_no_other() -> None:
    order, done = ChatOrder(8), []
    slow = asyncio.Event()

    async def work(name: str, until: asyncio.Event | None = None) -> None:
        if until is not None:
            await until.wait()
        done.append(name)

    tasks = [
        asyncio.create_task(order.process_update(update_of(1), work("first of 1", slow))),
        asyncio.create_task(order.process_update(update_of(1), work("second of 1"))),
        asyncio.create_task(order.process_update(update_of(2), work("first of 2"))),
        asyncio.create_task(order.process_update(object(), work("of no chat"))),
    ]
    await asyncio.wait(tasks[2:])
    assert done == ["first of 2", "of no chat"]
    slow.set()
    await asyncio.gather(*tasks)
    assert done[2:] == ["first of 1", "second of 1"]
