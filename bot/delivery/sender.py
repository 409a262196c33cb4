"""One claimed message: made, sent, and settled by what Telegram says to it."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from bot.delivery.delays import Delays
from bot.delivery.verdict import Action, Verdict, judge
from bot.limiter import Priority
from bot.messages.digest import digest
from bot.messages.push import push
from bot.messages.text import Message, to_plain
from bot.services import BotServices
from domain.delivery import LEASE, MAX_ATTEMPTS, backoff
from domain.errors import StoreError
from domain.model import Delivery, Lane
from storage import outbox, subscriptions
from storage.database import Transaction

STORE_RETRY_SECONDS = 0.5
LONGEST_SEND = LEASE * 0.75
"""A send ends before its claim does, for then the message may be claimed again."""
PRIORITIES = {Lane.PUSH: Priority.PUSH, Lane.DIGEST: Priority.DIGEST}
UNCOUNTED = frozenset({Action.THROTTLED, Action.NOT_YET, Action.STOP})
"""What does not count as a try: Telegram did not look at the message."""
BACK_OFF = frozenset({Action.PASSING, Action.AMBIGUOUS})
UNSENDABLE = frozenset({Action.POISON, Action.THREAD_GONE})
"""What plain text may cure. A push names no thread, so a thread that is gone is the message's."""

log = structlog.get_logger(__name__)


class Sender:
    """Sends deliveries and writes down what became of each.

    `tally` counts messages by lane and outcome: `sent`, or the name of the verdict's action.
    `delays` are those of pushes, from the item's arrival to Telegram's answer.
    """

    def __init__(self, services: BotServices, bot: ExtBot[Any]):
        self._services = services
        self._bot = bot
        self.tally: Counter[tuple[Lane, str]] = Counter()
        self.delays = Delays()

    async def deliver(self, delivery: Delivery) -> Verdict | None:
        """Send a message and settle it; returns None when it was sent, else why it was not."""
        try:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                message_id = await self._send(delivery)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the rest go on
            verdict = judge(error)
            log.info("not sent", lane=delivery.lane, action=verdict.action.name, why=verdict.reason)
            self.tally[delivery.lane, verdict.action.name.lower()] += 1
            await self._write(lambda tx: self._settle(tx, delivery, verdict))
            return verdict
        now = self._services.clock()
        await self._write(
            lambda tx: outbox.settle_sent(tx, delivery, message_id=message_id, now=now)
        )
        self.tally[delivery.lane, "sent"] += 1
        if delivery.lane is Lane.PUSH:
            self.delays.note((now - delivery.items[0].added).total_seconds())
        return None

    async def _send(self, delivery: Delivery) -> int:
        """Return the id of the first message; a long digest has several."""
        ids: list[int] = []
        for message in await self._messages(delivery):
            sent = await self._bot.send_message(
                delivery.chat_id,
                to_plain(message.html) if delivery.plain else message.html,
                parse_mode=None if delivery.plain else ParseMode.HTML,
                reply_markup=message.keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                # Begun is to be finished: the rest of a digest does not come back to the queue.
                rate_limit_args=Priority.REPLY if ids else PRIORITIES[delivery.lane],
            )
            ids.append(sent.message_id)
        return ids[0]

    async def _messages(self, delivery: Delivery) -> tuple[Message, ...]:
        services = self._services
        if delivery.lane is Lane.PUSH:
            (item,) = delivery.items
            also = delivery.also.get(item.slug, ())
            return (push(item, services.links, services.source_name, also),)
        async with services.db.read() as tx:
            followed = await subscriptions.of_chat(tx, delivery.chat_id)
        query = next((one.query for one in followed if one.id == delivery.subscription_id), "")
        return digest(
            delivery.items, query, services.in_words(query), services.topic_name, services.links
        )

    async def _settle(self, tx: Transaction, delivery: Delivery, verdict: Verdict) -> None:
        now = self._services.clock()
        attempts = delivery.attempts + 1
        if verdict.action is Action.CHAT_GONE:
            await outbox.chat_gone(tx, delivery.chat_id, verdict.reason, now)
        elif _is_hopeless(delivery, verdict):
            await outbox.settle_failed(tx, delivery, reason=verdict.reason, now=now)
        else:
            if verdict.action is Action.CHAT_MOVED and verdict.new_chat_id is not None:
                await outbox.chat_moved(tx, delivery.chat_id, verdict.new_chat_id)
            delay = verdict.delay
            if delay is None and verdict.action in BACK_OFF:
                delay = backoff(attempts, random.random())  # noqa: S311 - spreads retries
            await outbox.settle_later(
                tx,
                delivery,
                due=now + (delay or timedelta()),
                reason=verdict.reason,
                plain=verdict.action in UNSENDABLE,
                count_attempt=verdict.action not in UNCOUNTED,
            )

    async def _write(self, change: Callable[[Transaction], Awaitable[None]]) -> None:
        """Write to the store, for as long as the claim lasts where the store is held by others."""
        async with asyncio.timeout(LEASE.total_seconds()):
            while True:
                try:
                    async with self._services.db.write() as tx:
                        await change(tx)
                except StoreError as error:
                    log.warning("not settled yet", error=type(error).__name__)
                    await asyncio.sleep(STORE_RETRY_SECONDS)
                else:
                    return


def _is_hopeless(delivery: Delivery, verdict: Verdict) -> bool:
    """Tell whether to set the message aside: refused as plain text too, or tried often enough."""
    if verdict.action in UNSENDABLE:
        return delivery.plain
    return verdict.action not in UNCOUNTED and delivery.attempts + 1 >= MAX_ATTEMPTS
