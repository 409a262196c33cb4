"""One claimed message: made, sent, and told what became of it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.client import Client
from bot.delivery.breaker import Breaker
from bot.delivery.headings import heading
from bot.delivery.settler import BACK_OFF, UNCOUNTED, Outcome, Refused
from bot.delivery.tally import SENT, Tally
from bot.delivery.verdict import Action, Verdict, judge
from bot.errors import NotYetError
from bot.limiter import Errand
from bot.messages.digest import digest
from bot.messages.push import push
from bot.messages.text import Message, to_plain
from bot.services import BotServices
from domain.delivery import FREE_RATE, LEASE
from domain.errors import StoreError
from domain.model import Delivery, Item, Lane
from storage import outbox, subscriptions
from storage.outbox import Receipt

LONGEST_SEND = LEASE * 0.75
"""A send ends before its claim does, for then the message may be claimed again."""
PROBE_SECONDS = 5.0
MADE = 256
"""So many pushes of late are kept as they were made, as an item goes to many chats."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True).to_json()

Ready = dict[str, str | int | bool]
"""A message's parameters as Telegram takes them, without its chat."""

log = structlog.get_logger(__name__)


class Sender:
    """Sends deliveries, and learns from their outcomes how Telegram is.

    `may_send` is asked right before each message goes.
    """

    def __init__(
        self,
        services: BotServices,
        bot: Client,
        breaker: Breaker,
        tally: Tally,
        may_send: Callable[[], bool],
    ):
        self._services = services
        self._bot = bot
        self._breaker = breaker
        self._tally = tally
        self._may_send = may_send
        self._is_paid = services.messages_per_second > FREE_RATE
        self._made: dict[object, Ready] = {}

    async def send(self, delivery: Delivery) -> Outcome:
        """Send a message, and return Telegram's receipt or why there is none."""
        errand, began = Errand(self._may_send), self._now()
        try:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                message_id = await self._send(delivery, errand)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the rest go on
            if isinstance(error, TimeoutError) and not errand.began:
                error = NotYetError(timedelta())
            return self._refused(delivery, judge(error), began)
        self._breaker.succeeded(self._now())
        now = self._services.clock()
        self._tally[delivery.lane, SENT] += 1
        if delivery.lane is Lane.PUSH:
            self._tally.delays.note((now - delivery.items[0].added).total_seconds())
        return Receipt(delivery, message_id, now)

    async def probe(self) -> Verdict | None:
        """Ask whether Telegram answers; returns None when it does, else what it says."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await self._bot.get_me()
        except (TelegramError, TimeoutError) as error:
            return judge(error)
        return None

    def _refused(self, delivery: Delivery, verdict: Verdict, began: float) -> Refused:
        counts = verdict.action not in UNCOUNTED
        if verdict.action in BACK_OFF:
            before = self._breaker.is_open
            counts = self._breaker.failed(delivery.chat_id, began, self._now())
            if self._breaker.is_open and not before:
                log.warning("nothing arrives: sending pauses", why=verdict.reason)
        elif verdict.action is not Action.NOT_YET:
            self._breaker.succeeded(self._now())
        log.info("not sent", lane=delivery.lane, action=verdict.action.name, why=verdict.reason)
        self._tally[delivery.lane, verdict.action.name.lower()] += 1
        return Refused(delivery, verdict, counts)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def _send(self, delivery: Delivery, errand: Errand) -> int:
        """Return the id of the last message; a long digest has several.

        Each but the last is written down once it is taken, so that a digest which is tried again
        goes on behind it.
        """
        parts = await self._parts(delivery)
        where: Ready = {}
        if delivery.thread_id is not None:
            where["message_thread_id"] = delivery.thread_id
        ids: list[int] = []
        for message, items in parts:
            # Begun is to be finished: the rest of a digest does not come back to the queue.
            way = None if ids else errand
            ids.append(await self._bot.send_ready(delivery.chat_id, message | where, way))
            if len(ids) < len(parts):
                await self._note(delivery, items, ids[-1])
        return ids[-1]

    async def _note(self, delivery: Delivery, items: tuple[Item, ...], message_id: int) -> None:
        """Write down that a part was taken; where the store cannot be used, it may come twice."""
        now = self._services.clock()
        try:
            async with self._services.db.write() as tx:
                await outbox.settle_part(tx, delivery, items, message_id=message_id, now=now)
        except StoreError as error:
            log.warning("part of a digest not settled", error=type(error).__name__)

    async def _parts(self, delivery: Delivery) -> list[tuple[Ready, tuple[Item, ...]]]:
        """Return the messages, each with the items that it tells of."""
        if delivery.lane is Lane.PUSH:
            return [(self._push(delivery), delivery.items)]
        services = self._services
        async with services.db.read() as tx:
            followed = await subscriptions.of_chat(tx, delivery.chat_id)
        parts = digest(
            delivery.items,
            heading(delivery, followed, services),
            services.topic_name,
            services.links,
        )
        return [(self._ready(part.message, plain=delivery.plain), part.items) for part in parts]

    def _push(self, delivery: Delivery) -> Ready:
        (item,) = delivery.items
        also = delivery.also.get(item.slug, ())
        others = tuple((one.slug, one.updated) for one in also)
        key = (item.slug, item.updated, others, delivery.plain)
        if key not in self._made:
            if len(self._made) >= MADE:
                self._made.clear()
            message = push(item, self._services.links, self._services.source_name, also)
            self._made[key] = self._ready(message, plain=delivery.plain)
        return self._made[key]

    def _ready(self, message: Message, *, plain: bool) -> Ready:
        """Return a message as Telegram takes it."""
        ready: Ready = {
            "text": to_plain(message.html) if plain else message.html,
            "link_preview_options": NO_PREVIEW,
        }
        if not plain:
            ready["parse_mode"] = ParseMode.HTML
        if message.keyboard is not None:
            ready["reply_markup"] = message.keyboard.to_json()
        if self._is_paid:
            ready["allow_paid_broadcast"] = True
        return ready
