"""The service: store, web server, bot and ticks in one event loop, started and stopped in order."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog
from fastapi import FastAPI

from app.server import serving
from app.settings import Settings
from app.store import open_store
from app.ticks import ticking
from app.webhook import add_webhook
from bot import application as telegram
from bot.delivery.dispatcher import Dispatcher
from bot.services import BotServices
from domain.deeplinks import start_payload
from domain.errors import TopicwireError
from domain.links import Links
from feeds.web.app import create_app
from feeds.web.documents import Documents
from feeds.web.services import WebServices
from seeds.data import load_taxonomy, load_vocabulary
from storage.database import Database
from storage.items import store_version

TITLE = "Topicwire"

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


class Service:
    """The parts of one process, and whether they do their work."""

    def __init__(self, settings: Settings, db: Database):
        self.settings = settings
        self.links = Links(settings.site_url)
        self.documents = Documents(utc_now)
        self.bot: telegram.BotApplication | None = None
        self.dispatcher: Dispatcher | None = None
        self.follow_base: str | None = None
        """Address before `?start=…` that opens a chat with the bot; None without a bot."""
        self._db = db
        self._bot_services = BotServices(
            db=db,
            vocabulary=load_vocabulary(),
            taxonomy=load_taxonomy(),
            links=self.links,
            clock=utc_now,
            timezone=settings.timezone,
            messages_per_second=settings.messages_per_second,
        )

    def make_web(self) -> FastAPI:
        """Return the web application over this service's store."""
        return create_app(
            WebServices(
                db=self._db,
                vocabulary=load_vocabulary(),
                taxonomy=load_taxonomy(),
                links=self.links,
                clock=utc_now,
                title=TITLE,
                documents=self.documents,
                follow_url=self.follow_url,
                ready=self.why_not_ready,
            )
        )

    def make_bot(self) -> None:
        """Put the bot and its sender together, not yet started."""
        self.bot = telegram.build_application(
            self.settings.telegram_token.get_secret_value(),
            self.settings.telegram_api_url,
            self._bot_services,
            polling=not self.settings.telegram_webhook_url,
        )
        self.dispatcher = Dispatcher(self._bot_services, self.bot.bot)

    def follow_url(self, query: str) -> str | None:
        """Return where a chat with the bot opens a canonical query."""
        payload = start_payload(query) if query else None
        if self.follow_base is None:
            return None
        return f"{self.follow_base}?start={payload}" if payload else self.follow_base

    def why_not_ready(self) -> str | None:
        """Return why the service does not do its work, or None."""
        if self.dispatcher is not None and self.dispatcher.failure:
            return f"the bot has stopped sending: {self.dispatcher.failure}"
        if self.bot is not None and not self.bot.running:
            return "the bot is not connected to Telegram"
        return None

    async def watch_store(self) -> None:
        """Look for what another process changed."""
        async with self._db.read() as tx:
            self.documents.observe(await store_version(tx))


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    web: bool = True,
    worker: bool = True,
    extend: Callable[[Service, FastAPI], None] = lambda _service, _web: None,
) -> AsyncIterator[asyncio.Task[None]]:
    """Run the service while the context is open.

    Yields a task that ends only when a part fails for good, with its error. `extend` may add to
    the web application. On the way out the ticks stop first, then the sender finishes what is in
    flight, then the bot and the web server finish, and the store closes last.
    """
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(open_store(settings))
        service = Service(settings, db)
        await service.watch_store()
        wants_bot = worker and bool(settings.telegram_token.get_secret_value())
        if wants_bot:
            service.make_bot()
        if web:
            application = service.make_web()
            if service.bot is not None and settings.telegram_webhook_url:
                secret = settings.telegram_webhook_secret.get_secret_value()
                add_webhook(application, service.bot, secret)
            extend(service, application)
            await stack.enter_async_context(
                serving(application, settings.http_host, settings.http_port)
            )
            log.info("serving", address=settings.site_url)
        if worker and not wants_bot:
            log.info("no TOPICWIRE_TELEGRAM_TOKEN is set: the bot is off")
        stop = asyncio.Event()
        failing = asyncio.create_task(_run_bot(service, stop) if wants_bot else _idle(stop))
        stack.push_async_callback(_end, failing, stop)
        stack.enter_context(ticking(service.watch_store))
        yield failing


async def serve(settings: Settings, *, web: bool = True, worker: bool = True) -> None:
    """Run the service until SIGTERM or SIGINT; raises what a part failed with."""
    async with running(settings, web=web, worker=worker) as failing:
        await until_told(failing)
    log.info("stopped")


async def until_told(failing: asyncio.Task[None]) -> None:
    """Return at SIGTERM or SIGINT; raises what a part failed with before that."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    await _either(failing, told)
    if failing.done():
        failing.result()


async def _run_bot(service: Service, stop: asyncio.Event) -> None:
    bot, dispatcher, settings = service.bot, service.dispatcher, service.settings
    if bot is None or dispatcher is None:
        return
    webhook = None
    if settings.telegram_webhook_url:
        secret = settings.telegram_webhook_secret.get_secret_value()
        webhook = telegram.Webhook(settings.telegram_webhook_url, secret)
    try:
        starting = asyncio.create_task(telegram.start(bot, webhook))
        await _either(starting, stop)
        if not starting.done():
            starting.cancel()
            return
        starting.result()
        if service.follow_base is None:
            service.follow_base = f"https://t.me/{bot.bot.username}"
        log.info("the bot is connected", username=bot.bot.username)
        await dispatcher.run(stop)
        await stop.wait()  # a sender that stopped for good leaves feeds and pages running
    finally:
        await telegram.stop(bot)


async def _idle(stop: asyncio.Event) -> None:
    await stop.wait()


async def _end(task: asyncio.Task[None], stop: asyncio.Event) -> None:
    stop.set()
    with suppress(TopicwireError):  # raised already, where it ended the service
        await task


async def _either(task: asyncio.Task[None], event: asyncio.Event) -> None:
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
