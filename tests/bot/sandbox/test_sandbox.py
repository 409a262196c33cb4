import asyncio

import pytest

from bot.sandbox import Sandbox

from .conftest import Call


def kinds(sandbox: Sandbox) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in sandbox.updates.pending]


def test_texts_carry_the_entities_that_telegram_finds(sandbox: Sandbox) -> None:
    message_id = sandbox.send_text(42, "/search nigeria")
    (update,) = sandbox.updates.pending
    message = update["message"]
    assert message["message_id"] == message_id
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 7}]
    assert message["from"]["language_code"] == "en"


def test_blocking_and_coming_back_tell_the_bot_once(sandbox: Sandbox) -> None:
    sandbox.block(42)
    sandbox.block(42)
    sandbox.unblock(42)
    changes = [update["my_chat_member"] for update in sandbox.updates.pending]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert changes[0]["new_chat_member"]["until_date"] == 0


async def test_a_group_moves_to_a_supergroup(call: Call, sandbox: Sandbox) -> None:
    sandbox.add_chat(-5, name="Desk")
    sandbox.migrate(-5, -1001234567890)
    assert kinds(sandbox) == ["message", "message"]
    first, second = (update["message"] for update in sandbox.updates.pending)
    assert first["migrate_to_chat_id"] == -1001234567890
    assert second["migrate_from_chat_id"] == -5
    refused = await call("sendMessage", chat_id=-5, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": -1001234567890}
    moved = await call("sendMessage", chat_id=-1001234567890, text="x")
    assert moved["result"]["chat"]["title"] == "Desk"


async def test_many_chats_cost_nothing_until_used(call: Call, sandbox: Sandbox) -> None:
    sandbox.add_chats(range(1_000, 10**9))
    assert (await call("sendMessage", chat_id=999_999, text="x"))["ok"]
    assert sandbox.messages(999_999)
    assert sandbox.messages(1_000) == []
    assert sandbox.find_chat(999) is None


def test_a_chat_keeps_its_last_messages() -> None:
    sandbox = Sandbox(history=3)
    for number in range(10):
        sandbox.send_text(42, str(number))
    assert [message["text"] for message in sandbox.messages(42)] == ["7", "8", "9"]
    events = sandbox.add_chat(42).events
    assert 3 <= len(events) <= 6
    assert [event.sequence for event in events] == sorted(event.sequence for event in events)


async def test_wait_for_wakes_at_a_change_and_gives_up_in_time(sandbox: Sandbox) -> None:
    asyncio.get_running_loop().call_soon(sandbox.send_text, 42, "hello")
    assert await sandbox.wait_for(lambda: sandbox.messages(42))
    with pytest.raises(TimeoutError):
        await sandbox.wait_for(lambda: sandbox.sent, seconds=0.01)


async def test_a_closed_sandbox_keeps_nobody_waiting(sandbox: Sandbox) -> None:
    waiting = [asyncio.create_task(sandbox.journal.changed(chat)) for chat in (None, 42, 42)]
    await asyncio.sleep(0)
    await sandbox.close()
    await asyncio.gather(*waiting, sandbox.journal.changed())
