import asyncio
import logging

import pytest
import structlog

from bot.application import (
    Webhook,
    build_application,
    leave_updates,
    process_update,
    start,
    stop,
    take_updates,
)
from bot.messages.problems import APOLOGY
from bot.sandbox import Sandbox, faults, serve
from bot.sandbox.errors import ApiError
from domain.errors import InputError, SettingsError
from tests.bot.world import World, eventually

SECRET = "123456789:very-secret-token-of-35-characters"


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What the bot and its libraries logged; the sandbox's server runs in this process too."""
    ours = ("bot", "telegram", "aiohttp", "asyncio")
    return "\n".join(
        f"{record.getMessage()} {record.exc_text}"
        for record in caplog.records
        if record.name.startswith(ours)
    )


@pytest.mark.parametrize("token", ["", "nonsense", "987", "12:a b", "12:a/b", "12:å", "1:x\n"])
def test_what_cannot_be_a_token_is_one_clear_error(world: World, token: str) -> None:
    with pytest.raises(SettingsError, match="^TOPICWIRE_TELEGRAM_TOKEN: ") as caught:
        build_application(token, world.api_url, world.services, polling=True)
    assert not token or token not in str(caught.value)


async def test_a_refused_token_is_one_clear_error_and_is_shown_nowhere(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    application = build_application(SECRET, world.api_url, world.services, polling=True)
    with structlog.testing.capture_logs() as logs, pytest.raises(SettingsError) as caught:
        await start(application)
    await stop(application)
    assert str(caught.value) == "TOPICWIRE_TELEGRAM_TOKEN: Telegram refuses this token"
    assert caught.value.__cause__ is None
    assert "very-secret" not in logged(caplog) + str(logs)


async def test_no_log_line_of_a_working_bot_shows_token_chat_or_query(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        await world.say(987654321, "/search unicorns")
        world.sandbox.faults.add(faults.BLOCKED, chat_id=987654321, method="sendMessage", times=1)
        world.sandbox.send_text(987654321, "unicorns again")
        await world.say(1, "/help")
        await world.publish("unicorns")
        await world.say(987654321, "/subscribe unicorns")
        await world.publish("unicorns two")
        world.sandbox.faults.add(faults.SERVER_ERROR, method="sendMessage", times=1)
        await world.dispatcher().run_once()
    said = logged(caplog) + str(logs)
    assert "not sent" in said
    for secret in (world.sandbox.token, "987654321", "unicorns"):
        assert secret not in said


async def test_the_menu_is_set(world: World) -> None:
    commands = await world.application.bot.get_my_commands()
    assert [command.command for command in commands][:2] == ["topics", "latest"]


async def test_it_waits_for_telegram_to_be_reached(world: World) -> None:
    sandbox = Sandbox()
    sandbox.faults.add(faults.Broken(502), times=1)
    async with serve(sandbox) as url:
        application = build_application(sandbox.token, url, world.services, polling=True)
        with structlog.testing.capture_logs() as logs:
            await start(application)
        assert [line["event"] for line in logs] == ["telegram not reached"]
        await take_updates(application)
        sandbox.send_text(5, "/start")
        await sandbox.wait_for(lambda: sandbox.sent)
        await stop(application)
        await stop(application)


async def test_a_stop_while_it_waits_for_telegram_is_clean(world: World) -> None:
    application = build_application(SECRET, "http://127.0.0.1:1", world.services, polling=True)
    starting = asyncio.create_task(start(application))
    await asyncio.sleep(0.1)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await stop(application)


async def test_updates_can_come_by_webhook(world: World) -> None:
    sandbox = Sandbox()
    async with serve(sandbox) as url:
        application = build_application(sandbox.token, url, world.services, polling=False)
        await start(application, Webhook("http://127.0.0.1:9/telegram/webhook", "se-cret"))
        update = {
            "update_id": 1,
            "message": {
                "message_id": 3,
                "date": 0,
                "text": "/start",
                "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
                "chat": {"id": 5, "type": "private", "first_name": "Ada"},
                "from": {"id": 5, "is_bot": False, "first_name": "Ada"},
            },
        }
        sandbox.add_chat(5)
        await process_update(application, update)
        await sandbox.wait_for(lambda: sandbox.sent)
        wrongs: tuple[object, ...] = ({}, [], None, "x", {"update_id": 1, "message": 7})
        for wrong in wrongs:
            with pytest.raises(InputError):
                await process_update(application, wrong)
        await stop(application)


async def test_a_refused_webhook_is_one_clear_error(world: World) -> None:
    sandbox = Sandbox()
    async with serve(sandbox) as url:
        application = build_application(sandbox.token, url, world.services, polling=False)
        with pytest.raises(SettingsError, match="TOPICWIRE_TELEGRAM_WEBHOOK_URL"):
            await start(application, Webhook("nonsense", "se-cret"))
        await stop(application)


async def test_updates_taken_before_the_stop_are_answered(world: World) -> None:
    for chat_id in range(1, 11):
        world.sandbox.send_text(chat_id, "/start")
    await world.sandbox.wait_for(lambda: world.sandbox.sent)
    await stop(world.application)
    assert len({sent.chat_id for sent in world.sandbox.sent}) == 10


async def test_a_failing_conversation_apologises_and_logs_no_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.results.search.answer", None)
    monkeypatch.setattr("bot.handlers.results.search.find", None)
    with structlog.testing.capture_logs() as logs:
        answer = await world.say(42, "unicorns")
        toast, _ = await world.press_data(42, answer["message_id"], "p:n:1:=unicorns")
    assert answer["text"] == APOLOGY
    assert toast == APOLOGY
    assert {line["error"] for line in logs} == {"TypeError"}
    assert "unicorns" not in str(logs)


async def test_polling_goes_on_after_a_failure(world: World) -> None:
    with structlog.testing.capture_logs() as logs:
        world.sandbox.faults.add(faults.SERVER_ERROR, method="getUpdates", times=1)
        await world.say(42, "/help")
        await world.say(42, "/help")
    assert {"event": "polling failed", "error": "NetworkError", "log_level": "warning"} in logs


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        (401, "Unauthorized", "Telegram refuses the bot's token"),
        (404, "Not Found", "Telegram refuses the bot's token"),
        (409, "Conflict: terminated", "another program uses the bot's token"),
    ],
)
async def test_a_bot_that_is_refused_updates_says_so_and_takes_them_again(
    world: World, code: int, text: str, why: str
) -> None:
    """PTB's own polling ends at a refused token, without a word."""
    await world.say(42, "/subscribe boats")
    world.sandbox.faults.add(faults.Refuse(ApiError(code, text)), method="getUpdates")
    with structlog.testing.capture_logs() as logs:
        world.sandbox.updates.release()
        told = {"event": "the bot is refused", "why": why, "log_level": "error"}
        await eventually(lambda: told in logs)
    assert world.application.bot.refusal == why
    await world.publish("Boats")
    dispatcher = world.dispatcher()
    assert await dispatcher.run_once() == 0, "nothing is sent meanwhile"
    world.sandbox.faults.clear()
    await world.say(42, "/help")
    await eventually(lambda: world.application.bot.refusal is None)
    assert await dispatcher.run_once() == 1


async def test_polling_that_cannot_begin_begins_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.application.RETRY_SECONDS", 0.01)
    await leave_updates(world.application)
    await leave_updates(world.application)
    refused = faults.Refuse(ApiError(401, "Unauthorized"))
    world.sandbox.faults.add(refused, method="deleteWebhook", times=1)
    with structlog.testing.capture_logs() as logs:
        await take_updates(world.application)
    assert [line["event"] for line in logs] == ["polling failed"]
    await take_updates(world.application)
    await take_updates(world.application)
    await world.say(42, "/help")


async def test_an_apology_that_cannot_be_sent_is_logged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.results.search.answer", None)
    monkeypatch.setattr("bot.handlers.results.search.find", None)
    world.sandbox.faults.add(faults.SERVER_ERROR, chat_id=42, method="sendMessage", times=1)
    with structlog.testing.capture_logs() as logs:
        world.sandbox.send_text(42, "unicorns")
        await eventually(lambda: world.sandbox.calls["sendmessage", 500])
        await stop(world.application)
    assert [line["event"] for line in logs] == ["update failed", "apology failed"]


async def test_nobody_apologises_to_a_chat_that_is_gone(world: World) -> None:
    world.sandbox.faults.add(faults.BLOCKED, chat_id=42, method="sendMessage")
    world.sandbox.send_text(42, "/help")
    await eventually(lambda: world.sandbox.calls["sendmessage", 403])
    await stop(world.application)
    assert world.sandbox.calls["sendmessage", 403] == 1
