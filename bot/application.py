"""PTB's application, put together and run in our own event loop."""

import asyncio
import itertools
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.client import Client
from bot.errors import RefusedError
from bot.handlers.errors import failed
from bot.handlers.registry import all_handlers
from bot.holds import StoredHolds
from bot.limiter import FloodLimiter
from bot.messages.commands import COMMANDS
from bot.ordering import ChatOrder
from bot.services import BotServices
from bot.transport import AiohttpRequest
from domain.delivery import backoff, in_flight
from domain.errors import InputError, SettingsError

BotApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "inline_query")
CONCURRENT_UPDATES = 256
POLL_SECONDS = 30
RETRY_SECONDS = 5.0
CONNECTIONS = 256
"""At once for answers to people; what is pushed has its own besides."""

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+", re.ASCII)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, and the secret token that it sends with each."""

    url: str
    secret: str


def build_application(
    token: str, api_url: str, services: BotServices, *, polling: bool
) -> BotApplication:
    """Return the bot, not yet started; `api_url` is the root of a Bot API server.

    Raises `SettingsError` for a token that cannot be one.
    """
    if _TOKEN.fullmatch(token) is None:
        raise SettingsError("TOPICWIRE_TELEGRAM_TOKEN: a token looks like 123456:ABC-def")
    # PTB names addresses, which hold the token, and parameters at DEBUG.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    builder = (
        ApplicationBuilder()
        .bot(_client(token, api_url, services))
        .concurrent_updates(ChatOrder(CONCURRENT_UPDATES))
        .job_queue(None)
    )
    if not polling:
        builder = builder.updater(None)
    application: BotApplication = builder.build()
    application.add_handlers(all_handlers(services))
    application.add_error_handler(failed)
    return application


def _client(token: str, api_url: str, services: BotServices) -> Client:
    memory = StoredHolds(services.db, services.clock)
    return Client(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=AiohttpRequest(connections=CONNECTIONS + in_flight(services.messages_per_second)),
        get_updates_request=AiohttpRequest(connections=1),
        rate_limiter=FloodLimiter(services.messages_per_second, memory=memory),
    )


async def start(application: BotApplication, webhook: Webhook | None = None) -> None:
    """Log in, set the command menu, and answer updates; without a webhook, see `take_updates`.

    Tries until Telegram can be reached, so let nothing else wait for it. Raises `SettingsError`
    where Telegram refuses the token or the webhook. Call `stop` whatever becomes of it.
    """
    for attempt in itertools.count(1):
        try:
            await _log_in(application, webhook)
        except InvalidToken:
            raise _refused() from None
        except TelegramError as error:
            delay = backoff(attempt, 0.5).total_seconds()
            log.warning("telegram not reached", error=type(error).__name__, again_in=delay)
            await asyncio.sleep(delay)
        else:
            break
    await application.start()


async def take_updates(application: BotApplication) -> None:
    """Poll for updates from now on, if not already so; nothing where they come by webhook.

    Where it cannot begin, it waits a little, and is to be called again.
    """
    if application.updater is None or application.updater.running:
        return
    try:
        await application.updater.start_polling(
            timeout=POLL_SECONDS,
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=-1,
            error_callback=_polling_failed,
        )
    except TelegramError as error:
        _polling_failed(error)
        await asyncio.sleep(RETRY_SECONDS)


async def leave_updates(application: BotApplication) -> None:
    """Poll no more, and let those that were taken be answered; may come twice."""
    if application.updater is not None and application.updater.running:
        await application.updater.stop()


async def process_update(application: BotApplication, payload: Any) -> None:
    """Take an update that came by the webhook; raises `InputError` for what is none."""
    try:
        update = Update.de_json(payload, application.bot)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise InputError("the body is not an update") from None
    await application.update_queue.put(update)


async def stop(application: BotApplication) -> None:
    """Take no more updates, finish those taken, and close the connections; may come twice."""
    await leave_updates(application)
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()


async def _log_in(application: BotApplication, webhook: Webhook | None) -> None:
    await application.initialize()
    await application.bot.set_my_commands(COMMANDS)
    if webhook is not None:
        try:
            await application.bot.set_webhook(
                webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED_UPDATES
            )
        except BadRequest:
            raise SettingsError("TOPICWIRE_TELEGRAM_WEBHOOK_URL: Telegram refuses it") from None


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, RefusedError):
        log.error("the bot is refused", why=error.message)
    else:
        log.warning("polling failed", error=type(error).__name__)


def _refused() -> SettingsError:
    return SettingsError("TOPICWIRE_TELEGRAM_TOKEN: Telegram refuses this token")


async def tell(application: BotApplication, chats: Sequence[int], text: str) -> None:
    """Send a plain text to some chats; one that cannot be reached is passed over."""
    for chat in chats:
        try:
            await application.bot.send_message(chat, text)
        except TelegramError as error:
            log.warning("a notice was not sent", error=type(error).__name__)
