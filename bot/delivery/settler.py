"""Writes down what became of messages, those that are answered together in one transaction."""

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.delivery.breaker import Breaker
from bot.delivery.tally import Tally
from bot.delivery.verdict import Action, Verdict
from bot.services import BotServices
from domain.delivery import FREE_RATE, LEASE, MAX_ATTEMPTS, backoff
from domain.errors import StoreError
from domain.model import Delivery
from storage import outbox, threads
from storage.database import Transaction
from storage.outbox import Receipt

STORE_RETRY_SECONDS = 0.5
LINGER = 0.02
"""Seconds for which answers are gathered at more than the free rate; else each is written at
once, along with those that came while the store was busy."""
UNCOUNTED = frozenset({Action.THROTTLED, Action.NOT_YET, Action.STOP})
"""What does not count as a try: Telegram did not look at the message."""
BACK_OFF = frozenset({Action.PASSING, Action.AMBIGUOUS})
UNSENDABLE = frozenset({Action.POISON, Action.THREAD_GONE})
"""What plain text may cure. A thread that is gone is the message's fault only if it named none."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that was not acknowledged, and whether that may be its own fault."""

    delivery: Delivery
    verdict: Verdict
    counts: bool


Outcome = Receipt | Refused


class Settler:
    """Gathers outcomes and writes them; whoever waits for one knows that it is in the store."""

    def __init__(self, services: BotServices, breaker: Breaker, tally: Tally):
        self._services = services
        self._breaker = breaker
        self._tally = tally
        self._linger = LINGER if services.messages_per_second > FREE_RATE else 0.0
        self._waiting: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def settle(self, outcome: Outcome) -> None:
        """Return when the outcome is written.

        Raises `TimeoutError` where the store was held by others for as long as the claim lasts.
        """
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await written

    def cancel(self) -> None:
        """Write no more, as if the process were killed."""
        if self._writing is not None:
            self._writing.cancel()

    async def _write_all(self) -> None:
        while self._waiting:
            if self._linger:
                await asyncio.sleep(self._linger)
            batch, self._waiting = self._waiting, []
            if not await self._write(batch):
                for one in batch:  # one of them cannot be written: not to hold up the others
                    await self._write([one])

    async def _write(self, batch: list[tuple[Outcome, asyncio.Future[None]]]) -> bool:
        """Write a batch and tell those who wait; False where a defect kept several from it."""
        try:
            await self._write_in_time([outcome for outcome, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever is wrong is told to who waits
            if len(batch) > 1 and not isinstance(error, TimeoutError):
                return False
            for _, written in batch:
                if not written.done():
                    written.set_exception(error)
        else:
            for _, written in batch:
                if not written.done():
                    written.set_result(None)
        return True

    async def _write_in_time(self, outcomes: list[Outcome]) -> None:
        """Try for as long as the claim lasts where the store is held by others."""
        async with asyncio.timeout(LEASE.total_seconds()):
            while True:
                try:
                    async with self._services.db.write() as tx:
                        await outbox.settle_all_sent(
                            tx, [one for one in outcomes if isinstance(one, Receipt)]
                        )
                        for outcome in outcomes:
                            if isinstance(outcome, Refused):
                                await self._settle(tx, outcome)
                except StoreError as error:
                    log.warning("not settled yet", error=type(error).__name__)
                    await asyncio.sleep(STORE_RETRY_SECONDS)
                else:
                    return

    async def _settle(self, tx: Transaction, refused: Refused) -> None:
        now = self._services.clock()
        delivery, verdict = refused.delivery, refused.verdict
        thread = delivery.thread_id if verdict.action is Action.THREAD_GONE else None
        if verdict.action is Action.CHAT_GONE:
            await outbox.chat_gone(tx, delivery.chat_id, verdict.reason, now)
            return
        if thread is None and _is_hopeless(refused):
            await outbox.settle_failed(tx, delivery, reason=verdict.reason, now=now)
            return
        if thread is not None:
            await threads.pause(tx, delivery.chat_id, thread, verdict.reason, now)
        if verdict.new_chat_id is not None:
            await outbox.chat_moved(tx, delivery.chat_id, verdict.new_chat_id)
        await outbox.settle_later(
            tx,
            delivery,
            due=now + self._delay(refused),
            reason=verdict.reason,
            plain=thread is None and verdict.action in UNSENDABLE,
            count_attempt=refused.counts and thread is None,
        )

    def _delay(self, refused: Refused) -> timedelta:
        verdict = refused.verdict
        if verdict.delay is not None:
            return verdict.delay
        if verdict.action not in BACK_OFF:
            return timedelta()
        if self._breaker.is_open:
            left = self._breaker.pause_left(asyncio.get_running_loop().time())
            return timedelta(seconds=left)
        attempts = refused.delivery.attempts + 1
        return backoff(attempts, random.random())  # noqa: S311 - spreads retries


def _is_hopeless(refused: Refused) -> bool:
    """Tell whether to set the message aside: refused as plain text too, or tried often enough."""
    delivery, verdict = refused.delivery, refused.verdict
    if verdict.action in UNSENDABLE:
        return delivery.plain
    if verdict.action is Action.CHAT_MOVED and verdict.new_chat_id in {None, delivery.chat_id}:
        return True
    return refused.counts and delivery.attempts + 1 >= MAX_ATTEMPTS
