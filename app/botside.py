"""The Telegram half of a process: the bot, and the sender where this process is a worker."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from fastapi import FastAPI

from app.figures import SenderFigures
from app.settings import Settings
from app.webhook import add_webhook
from bot import application as telegram
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.schedules import Schedules
from bot.services import BotServices
from domain.errors import StoreError

LOOK_SECONDS = 0.2

log = structlog.get_logger(__name__)


class BotSide:
    """Answers people and, with `sends`, pushes items; built here, at work while `run` runs.

    Updates come by polling, or by the webhook route where the settings name one. Raises
    `SettingsError` for a token that cannot be one.
    """

    def __init__(self, settings: Settings, services: BotServices, *, sends: bool):
        self._webhook: telegram.Webhook | None = None
        if settings.telegram_webhook_url:
            secret = settings.telegram_webhook_secret.get_secret_value()
            self._webhook = telegram.Webhook(settings.telegram_webhook_url, secret)
        self._application = telegram.build_application(
            settings.telegram_token.get_secret_value(),
            settings.telegram_api_url,
            services,
            polling=self._webhook is None,
        )
        self.nudge = services.nudge
        """Tells the sender that there may be something to send."""
        self._dispatcher = Dispatcher(services, self._application.bot) if sends else None
        self._schedules = Schedules(services) if sends else None
        self._figures: SenderFigures | None = None
        if self._dispatcher is not None:
            self._figures = SenderFigures(
                services.db, self._dispatcher, services.messages_per_second, services.clock
            )
        self.username: str | None = None
        """The bot's user name, once Telegram has told it."""

    def add_webhook(self, web: FastAPI) -> None:
        """Add the route for updates, where they come by webhook."""
        if self._webhook is not None:
            add_webhook(web, self._application, self._webhook.secret)

    def why_not_ready(self) -> str | None:
        """Return why the bot does not do its work, or None."""
        if self._dispatcher is not None and self._dispatcher.failure:
            return f"the bot has stopped sending: {self._dispatcher.failure}"
        if not self._application.running:
            return "the bot is not connected to Telegram"
        if self._application.bot.refusal is not None:
            return f"the bot gets no updates: {self._application.bot.refusal}"
        return None

    async def write_figures(self) -> None:
        """Write down what the sender has counted; where the store cannot be used, later."""
        if self._figures is not None:
            with suppress(StoreError):
                await self._figures.write()

    async def run_schedules(self) -> None:
        """Do what is due by the clock; where the store cannot be used, at the next tick."""
        if self._schedules is not None:
            try:
                await self._schedules.tick()
            except StoreError as error:
                log.warning("schedules have to wait", error=type(error).__name__)

    async def tell(self, chats: Sequence[int], text: str) -> None:
        """Send a notice to some chats; one that cannot be reached is passed over."""
        if self._application.running:
            await telegram.tell(self._application, chats, text)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what is in flight.

        Raises `SettingsError` where Telegram refuses the token or the webhook. A sender that
        Telegram stops later leaves the rest of the service running, not ready.
        """
        polling = None
        try:
            starting = asyncio.create_task(telegram.start(self._application, self._webhook))
            await either(starting, stop)
            if not starting.done():
                starting.cancel()
                return
            starting.result()
            self.username = self._application.bot.username
            log.info("the bot is connected", username=self.username)
            polling = asyncio.create_task(self._poll())
            if self._dispatcher is not None:
                await self._dispatcher.run(stop)
                await self.write_figures()
            await stop.wait()
        finally:
            if polling is not None:
                polling.cancel()
            await telegram.stop(self._application)

    async def _poll(self) -> None:
        """Take updates while this process is the one that sends: two pollers refuse each other."""
        while True:
            if self._dispatcher is None or self._dispatcher.leads:
                await telegram.take_updates(self._application)
            else:
                await telegram.leave_updates(self._application)
            await asyncio.sleep(LOOK_SECONDS)


async def either(task: asyncio.Task[None], event: asyncio.Event) -> None:
    """Return when the task has ended or the event is set."""
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
