"""The sandbox against the real python-telegram-bot, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MenuButtonCommands,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
)
from telegram.request import HTTPXRequest

from bot.sandbox import Sandbox
from bot.sandbox.faults import BLOCKED, SERVER_ERROR, Drop, Fault, Slow, throttled, upgraded
from bot.sandbox.webhook import SECRET_HEADER

App = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
async def bot(url: str, sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(sandbox.token, base_url=f"{url}/bot") as made:
        yield made


async def test_a_message_comes_back_as_telegram_sends_it(bot: Bot, sandbox: Sandbox) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Follow", callback_data="f")]])
    message = await bot.send_message(
        42, "<b>😀 New</b> /topics", parse_mode="HTML", reply_markup=keyboard
    )
    assert message.text_html == "<b>😀 New</b> /topics"
    assert message.reply_markup == keyboard
    edited = await bot.edit_message_text("Page 2", 42, message.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date
    assert await bot.delete_message(42, message.message_id)
    assert (await bot.get_chat("@ada")).first_name == "Ada"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (BLOCKED, Forbidden),
        (throttled(3), RetryAfter),
        (upgraded(-1001234567890), ChatMigrated),
        (SERVER_ERROR, NetworkError),
        (Drop(delivered=True), NetworkError),
        (Slow(1.0), TimedOut),
    ],
)
async def test_faults_are_what_the_library_knows(
    bot: Bot,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    error: type[Exception],
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.faults.add(fault, chat_id=42)
    with pytest.raises(error) as caught:
        await bot.send_message(42, "x", read_timeout=0.3)
    if isinstance(caught.value, ChatMigrated):
        assert caught.value.new_chat_id == -1001234567890


async def test_wrong_tokens_texts_and_second_pollers(bot: Bot, sandbox: Sandbox, url: str) -> None:
    async with HTTPXRequest() as request:
        with pytest.raises(InvalidToken):
            await Bot("1:wrong", base_url=f"{url}/bot", request=request).get_me()
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await bot.send_message(42, "<x>", parse_mode="HTML")
    async with Bot(bot.token, base_url=f"{url}/bot") as other:
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await sandbox.wait_for(lambda: sandbox.updates.polling)
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict):
            await first
        assert await second == ()


async def test_the_bots_profile(bot: Bot) -> None:
    commands = (BotCommand("start", "Begin"),)
    assert await bot.set_my_commands(commands, scope=BotCommandScopeChat(42), language_code="fr")
    assert await bot.get_my_commands(BotCommandScopeChat(42), "fr") == commands
    assert await bot.set_my_description("News")
    assert (await bot.get_my_description()).description == "News"
    assert await bot.set_my_short_description("News")
    assert await bot.set_chat_menu_button(42, MenuButtonCommands())
    assert await bot.get_chat_menu_button(42) == MenuButtonCommands()
    assert await bot.send_chat_action(42, "typing")


def application(url: str, sandbox: Sandbox) -> App:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        key = InlineKeyboardButton("More", callback_data="more")
        text = f"hello {' '.join(context.args or [])}"
        await update.message.reply_text(text, reply_markup=InlineKeyboardMarkup([[key]]))

    async def more(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query
        await query.answer("Here")
        await query.edit_message_text(f"pressed {query.data}")

    async def inline(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.inline_query
        content = InputTextMessageContent("text")
        await update.inline_query.answer([InlineQueryResultArticle("1", "Title", content)])

    async def member(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.my_chat_member
        context.bot_data["status"] = update.my_chat_member.new_chat_member.status

    app = ApplicationBuilder().token(sandbox.token).base_url(f"{url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(more))
    app.add_handler(InlineQueryHandler(inline))
    app.add_handler(ChatMemberHandler(member))
    return app


async def converse(sandbox: Sandbox, app: App) -> None:
    sandbox.send_text(42, "/start en-31")
    await sandbox.wait_for(lambda: sandbox.sent)
    answer = sandbox.messages(42)[-1]
    assert answer["text"] == "hello en-31"
    press = sandbox.press(42, answer["message_id"], "more")
    await sandbox.wait_for(lambda: sandbox.messages(42)[-1]["text"] == "pressed more")
    assert press.answer
    question = sandbox.ask_inline(42, "x")
    await sandbox.wait_for(lambda: question.answer)
    sandbox.block(42)
    await sandbox.wait_for(lambda: not sandbox.updates.pending)
    await asyncio.sleep(0.05)
    assert app.bot_data["status"] == "kicked"


async def test_a_bot_that_polls(url: str, sandbox: Sandbox) -> None:
    app = application(url, sandbox)
    async with app:
        assert app.updater
        await app.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        await app.start()
        await converse(sandbox, app)
        await app.updater.stop()
        await app.stop()


async def test_a_bot_behind_a_webhook(url: str, sandbox: Sandbox) -> None:
    app = application(url, sandbox)

    async def receive(request: web.Request) -> web.Response:
        assert request.headers[SECRET_HEADER] == "secret"
        update = Update.de_json(await request.json(), app.bot)
        await app.update_queue.put(update)
        return web.Response()

    server = web.Application()
    server.router.add_post("/", receive)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with app:
        await app.start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        await app.bot.set_webhook(address, secret_token="secret")
        assert (await app.bot.get_webhook_info()).url == address
        await converse(sandbox, app)
        await app.bot.delete_webhook()
        await app.stop()
    await runner.cleanup()
