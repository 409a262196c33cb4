"""The real bot on a real store, with the sandbox for Telegram; and what people in it do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.application import BotApplication, build_application, start, stop, take_updates
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.schedules import Schedules
from bot.sandbox import Limits, Sandbox, serve
from bot.services import BotServices
from domain.links import Links
from domain.model import Draft, Kind, Published
from seeds.data import load_classifier, load_taxonomy, load_vocabulary
from seeds.zones import load_zones
from storage.database import Database
from storage.ingest import ingest

Shown = dict[str, Any]

OPERATOR, OPERATORS = 900, -900
"""Chats of the operator: a private one and a group."""


@dataclass
class Clock:
    """The time, which a test can move."""

    shift: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def set(self, moment: datetime) -> None:
        self.shift = moment - datetime.now(UTC)


@dataclass
class World:
    sandbox: Sandbox
    services: BotServices
    clock: Clock
    application: BotApplication
    api_url: str
    published: int = field(default=0)

    def dispatcher(self, owner: str = "test") -> Dispatcher:
        return Dispatcher(self.services, self.application.bot, owner=owner)

    async def tick(self) -> int:
        """Do what is due by the clock, as the service's ticks do."""
        return await Schedules(self.services).tick()

    async def say(self, chat_id: int, text: str) -> Shown:
        """Send a text and return the bot's answer."""
        before = len(self.from_bot(chat_id))
        self.sandbox.send_text(chat_id, text)
        await self.sandbox.wait_for(lambda: len(self.from_bot(chat_id)) > before)
        return self.from_bot(chat_id)[-1]

    async def press(self, chat_id: int, label: str) -> tuple[str, Shown]:
        """Press a button of the bot's last message; return the toast and the last message."""
        shown = self.from_bot(chat_id)[-1]
        found = [one for one in buttons(shown) if label in one["text"]]
        assert found, f"no button {label}: {[one['text'] for one in buttons(shown)]}"
        return await self.press_data(chat_id, shown["message_id"], found[0]["callback_data"])

    async def press_data(self, chat_id: int, message_id: int, data: str) -> tuple[str, Shown]:
        question = self.sandbox.press(chat_id, message_id, data)
        answer = await self.sandbox.wait_for(lambda: question.answer)
        assert answer is not None
        return answer["text"], self.from_bot(chat_id)[-1]

    def from_bot(self, chat_id: int) -> list[Shown]:
        return [one for one in self.sandbox.messages(chat_id) if one["from"]["is_bot"]]

    def texts(self, chat_id: int) -> list[str]:
        return [one["text"] for one in self.from_bot(chat_id)]

    async def publish(self, *titles: str, push: bool = True, **fields: Any) -> str:
        """Add items, each a day newer than the one before, and return the last one's slug."""
        async with self.services.db.write() as tx:
            report = await ingest(
                tx,
                [self._draft(title, fields) for title in titles],
                source="desk",
                document=None,
                classifier=load_classifier(),
                now=self.clock(),
                push=push,
            )
        return report.entries[-1].slug

    def _draft(self, title: str, fields: dict[str, Any]) -> Draft:
        self.published += 1
        draft: dict[str, Any] = {
            "title": title,
            "published": Published.on(date(2020, 1, 1) + timedelta(self.published)),
            "body": f"{title}. Text number {self.published}.",
            "summary": f"About {title}",
            "lang": "en",
            "kind": Kind.NEWS,
            "topics": (),
            "countries": (),
        }
        return Draft(**(draft | fields))


@asynccontextmanager
async def running(
    url: str, *, limits: Limits | None = None, messages_per_second: float = 30.0
) -> AsyncIterator[World]:
    """Start everything but the sender."""
    async with AsyncExitStack() as stack:
        clock = Clock()
        db = Database(url)
        stack.push_async_callback(db.dispose)
        services = BotServices(
            db=db,
            vocabulary=load_vocabulary(),
            taxonomy=load_taxonomy(),
            classifier=load_classifier,
            links=Links("https://news.example"),
            clock=clock,
            messages_per_second=messages_per_second,
            admin_chats=(OPERATOR, OPERATORS),
            find_zone=load_zones().find,
        )
        sandbox = Sandbox(limits=limits)
        api_url = await stack.enter_async_context(serve(sandbox))
        application = build_application(sandbox.token, api_url, services, polling=True)
        stack.push_async_callback(stop, application)
        await start(application)
        await take_updates(application)
        yield World(sandbox, services, clock, application, api_url)


@asynccontextmanager
async def sending(world: World) -> AsyncIterator[Dispatcher]:
    """Run the sender, and stop it gracefully."""
    dispatcher, halt = world.dispatcher(), asyncio.Event()
    task = asyncio.create_task(dispatcher.run(halt))
    try:
        yield dispatcher
    finally:
        halt.set()
        await asyncio.wait_for(task, 10)


def buttons(shown: Shown) -> list[Shown]:
    rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
    return [one for row in rows for one in row]


def labels(shown: Shown) -> list[str]:
    return [one["text"] for one in buttons(shown)]


def links(shown: Shown) -> list[str]:
    return [one["url"] for one in shown.get("entities", []) if one["type"] == "text_link"]


async def eventually(condition: Callable[[], object]) -> None:
    """Wait for what makes no mark in the sandbox's journal."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.02)
