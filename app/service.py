"""The service: store, web server, bot and ticks in one event loop, started and stopped in order."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import structlog
from fastapi import FastAPI

from app.botside import BotSide, either
from app.polling import polling
from app.pruning import Pruner
from app.server import serving
from app.settings import Settings
from app.store import open_store
from app.ticks import (
    FIGURES_TICK,
    HUB_TICK,
    MODEL_TICK,
    POLL_TICK,
    PRUNING_TICK,
    SCHEDULES_TICK,
    STORE_TICK,
    Tick,
    rest_model,
    ticking,
)
from bot.identity import bot_username
from bot.services import BotServices
from domain.deeplinks import start_payload
from domain.errors import TopicwireError
from domain.links import Links
from domain.model import Draft, Item
from domain.query import Field
from domain.topics import Reason
from feeds.web.app import create_app
from feeds.web.documents import Documents
from feeds.web.hub import HubPinger
from feeds.web.services import WebServices
from seeds.data import load_classifier, load_taxonomy, load_vocabulary
from seeds.zones import load_zones
from storage import changes, sources
from storage.database import Database

TITLE = "Topicwire"

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


class Service:
    """The parts of one process, built from the settings over an open store."""

    def __init__(self, settings: Settings, db: Database):
        self.settings = settings
        self.bot: BotSide | None = None
        self.chat_page: str | None = None
        """Address that opens a chat with the bot, `?start=…` behind it; None: not known yet."""
        self._db = db
        self._links = Links(settings.site_url)
        self._documents = Documents(utc_now)
        self._vocabulary = load_vocabulary(settings.topics_file)
        self.hub: HubPinger | None = None
        """Tells the hub of changed feeds, where there is one and this process serves feeds."""

    def make_bot(self, *, sends: bool) -> None:
        """Put the bot together, not yet started; `sends` makes it push too."""
        services = BotServices(
            db=self._db,
            vocabulary=self._vocabulary,
            taxonomy=load_taxonomy(self.settings.topics_file),
            classifier=lambda: load_classifier(self.settings.topics_file),
            links=self._links,
            clock=utc_now,
            timezone=self.settings.timezone,
            messages_per_second=self.settings.messages_per_second,
            admin_chats=self.settings.admin_chats,
            find_zone=lambda name: load_zones().find(name),
        )
        self.bot = BotSide(self.settings, services, sends=sends)

    def make_web(self) -> FastAPI:
        """Return the web application over this service's store."""
        if self.settings.websub_hub:
            self.hub = HubPinger(self.settings.websub_hub, self._links, self._documents)
        application = create_app(
            WebServices(
                db=self._db,
                vocabulary=self._vocabulary,
                taxonomy=load_taxonomy(self.settings.topics_file),
                links=self._links,
                clock=utc_now,
                title=TITLE,
                documents=self._documents,
                follow_url=self.follow_url,
                reasons=self.reasons,
                ready=self.why_not_ready,
                hub=self.settings.websub_hub,
                trusted_proxies=self.settings.trusted_proxies,
            )
        )
        if self.bot is not None:
            self.bot.add_webhook(application)
        return application

    def follow_url(self, query: str) -> str | None:
        """Return where a chat with the bot opens a canonical query."""
        page = self.chat_page
        if page is None and self.bot is not None and self.bot.username:
            page = _chat_page(self.bot.username)
        payload = start_payload(query) if query else None
        return f"{page}?start={payload}" if page and payload else page

    def reasons(self, item: Item) -> Sequence[Reason]:
        """Return why an item has its topics, by the topics' file of now."""
        draft = Draft(title=item.title, body=item.body or item.summary, lang=item.lang)
        return load_classifier(self.settings.topics_file).classify(draft).reasons

    def why_not_ready(self) -> str | None:
        """Return why the service does not do its work, or None."""
        return self.bot.why_not_ready() if self.bot is not None else None

    async def tell_operator(self, text: str) -> None:
        """Send a notice to the chats of `ADMIN_CHATS`, where this process has a bot."""
        if self.bot is not None:
            await self.bot.tell(self.settings.admin_chats, text)

    def nudge(self) -> None:
        """Let the sender look at once."""
        if self.bot is not None:
            self.bot.nudge()

    async def watch_store(self) -> None:
        """Look for what another process changed."""
        async with self._db.read() as tx:
            news = await changes.since(tx, self._documents.version)
            if news.version != self._documents.version:
                self._vocabulary.call(Field.SOURCE, await sources.titles(tx))
        is_first = self._documents.version is None
        self._documents.observe(news)
        if self.hub is not None and not is_first:
            self.hub.note(news)

    async def write_figures(self) -> None:
        """Write down what this process's sender has counted, for whoever looks from outside."""
        if self.bot is not None:
            await self.bot.write_figures()

    async def run_schedules(self) -> None:
        """Do what is due by the clock, where this process sends."""
        if self.bot is not None:
            await self.bot.run_schedules()

    async def work(self, stop: asyncio.Event) -> None:
        """Do what is to be done beside the web server, until `stop` is set."""
        if self.bot is not None:
            await self.bot.run(stop)
        elif self.settings.has_token:
            await self._ask_username()
        await stop.wait()

    async def _ask_username(self) -> None:
        """Find out where the bot of another process is, for the pages' links."""
        token = self.settings.telegram_token.get_secret_value()
        try:
            username = await bot_username(token, self.settings.telegram_api_url)
        except TopicwireError as error:
            log.warning("pages do not link to the bot", why=str(error))
        else:
            self.chat_page = _chat_page(username)


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
        if settings.has_token and (worker or (web and settings.telegram_webhook_url)):
            service.make_bot(sends=worker)
        elif not settings.has_token:
            log.info("no TOPICWIRE_TELEGRAM_TOKEN is set: the bot is off")
        if web:
            application = service.make_web()
            extend(service, application)
            await stack.enter_async_context(
                serving(application, settings.http_host, settings.http_port)
            )
            log.info("serving", address=settings.site_url)
        stop = asyncio.Event()
        working = asyncio.create_task(service.work(stop))
        stack.push_async_callback(_end, working, stop)
        ticks = [
            Tick("watch-store", STORE_TICK, service.watch_store),
            Tick("write-figures", FIGURES_TICK, service.write_figures),
            Tick("run-schedules", SCHEDULES_TICK, service.run_schedules),
            Tick("rest-model", MODEL_TICK, rest_model),
        ]
        if service.hub is not None:
            ticks.append(Tick("ping-hub", HUB_TICK, service.hub.tick))
        if worker:
            pruner = Pruner(db, timedelta(days=settings.retention_days), utc_now)
            ticks.append(Tick("prune", PRUNING_TICK, pruner.tick))
            poller = await stack.enter_async_context(
                polling(settings, db, tell_operator=service.tell_operator, nudge=service.nudge)
            )
            ticks.append(Tick("poll-sources", POLL_TICK, poller.tick))
        stack.enter_context(ticking(ticks))
        yield working


async def serve(settings: Settings, *, web: bool = True, worker: bool = True) -> None:
    """Run the service until SIGTERM or SIGINT; raises what a part failed with."""
    told = stop_signals()
    async with running(settings, web=web, worker=worker) as working:
        await until_told(working, told)
    log.info("stopped")


def stop_signals() -> asyncio.Event:
    """Return what SIGTERM and SIGINT set from now on, so that a start is ended gently too."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told


async def until_told(working: asyncio.Task[None], told: asyncio.Event) -> None:
    """Return when `told` is set; raises what a part failed with before that."""
    await either(working, told)
    if working.done():
        working.result()


async def _end(working: asyncio.Task[None], stop: asyncio.Event) -> None:
    stop.set()
    with suppress(TopicwireError):  # raised already, where it ended the service
        await working


def _chat_page(username: str) -> str:
    return f"https://t.me/{username}"
