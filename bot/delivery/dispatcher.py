"""The one sender: from items on their way to messages that Telegram has taken.

One process at a time has this role, elected through the store. Messages are claimed with a lease,
sent a few at a time, and settled one by one as they are answered, so that a hard kill repeats no
more than those in flight.
"""

import asyncio
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.ext import ExtBot

from bot.delivery.sender import Sender
from bot.delivery.verdict import Action
from bot.limiter import FloodLimiter
from bot.services import BotServices
from domain.delivery import MAX_IN_FLIGHT
from domain.errors import StoreError
from domain.model import Delivery
from storage import leases, outbox

ROLE = "dispatcher"
TERM = timedelta(seconds=15)
"""For how long the role is another's after its holder was killed."""
POLL_SECONDS = 0.5
DIGESTS_AT_ONCE = 200
SAVED_AT_ONCE = 100
"""Saved queries read between two looks at what is due: 25 ms of work."""

log = structlog.get_logger(__name__)


class Dispatcher:
    """Sends what is due. `failure` says why it stopped for good, when Telegram refuses the bot."""

    def __init__(
        self,
        services: BotServices,
        bot: ExtBot[Any],
        *,
        owner: str | None = None,
        in_flight: int = MAX_IN_FLIGHT,
    ):
        self._services = services
        self._sender = Sender(services, bot)
        self._saved = outbox.SavedQueries(services.vocabulary)
        self._limiter = bot.rate_limiter
        self._owner = owner or secrets.token_hex(8)
        self._in_flight = in_flight
        self._sending: set[asyncio.Task[None]] = set()
        self._elected_at: datetime | None = None
        self.failure: str | None = None
        self.tally = self._sender.tally
        self.delays = self._sender.delays

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what is in flight and give the role up.

        Wakes at `BotServices.nudge`, and looks twice a second for what other processes wrote.
        Cancelling it drops what is in flight unsettled, as a kill would.
        """
        watch = asyncio.create_task(self._wake_at(stop))
        try:
            while not stop.is_set() and self.failure is None:
                self._services.wake.clear()
                if not await self._round():
                    await self._rest()
            await self._finish()
        finally:
            for task in (watch, *self._sending):
                task.cancel()

    async def run_once(self) -> int:
        """Send all that is due now, and return how many messages were tried."""
        before = self.tally.total()
        while self.failure is None and (await self._round() or self._sending):
            if self._sending:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
        return self.tally.total() - before

    async def _round(self) -> bool:
        """Take the work one step further; True where more can be done at once."""
        try:
            if not await self._elected():
                return False
            async with self._services.db.read() as tx:
                all_read = await self._saved.catch_up(tx, SAVED_AT_ONCE)
            async with self._services.db.write() as tx:
                now = self._services.clock()
                expanded = await outbox.expand(tx, saved=self._saved, now=now)
                digests = await outbox.make_digests(tx, now=now, limit=DIGESTS_AT_ONCE)
                room = 0 if self._is_held() else self._in_flight - len(self._sending)
                claimed = []
                if room:
                    claimed = await outbox.claim(tx, owner=self._owner, now=now, limit=room)
        except StoreError as error:
            log.warning("the store cannot be used", error=type(error).__name__)
            return False
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery))
            self._sending.add(task)
            task.add_done_callback(self._done)
        return bool(expanded or digests or not all_read)

    async def _deliver(self, delivery: Delivery) -> None:
        verdict = await self._sender.deliver(delivery)
        if verdict is not None and verdict.action is Action.STOP and self.failure is None:
            self.failure = verdict.reason
            log.error("sending has stopped", why=verdict.reason)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("not settled", error=type(error).__name__)
        self._services.wake.set()

    async def _elected(self) -> bool:
        """Keep the role, or try for it; the newly elected takes over what the former had."""
        now = self._services.clock()
        if self._elected_at is not None and now - self._elected_at < TERM / 3:
            return True
        async with self._services.db.write() as tx:
            elected = await leases.acquire(tx, ROLE, self._owner, now=now, ttl=TERM)
            if elected and self._elected_at is None:
                await outbox.release_orphans(tx, self._owner, now=now)
        self._elected_at = now if elected else None
        return elected

    def _is_held(self) -> bool:
        return isinstance(self._limiter, FloodLimiter) and self._limiter.closed_for() > 0

    async def _rest(self) -> None:
        """Wait for a nudge, an answer or the next look."""
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._services.wake.wait()
        except TimeoutError:
            return

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._services.wake.set()

    async def _finish(self) -> None:
        """Wait for what is in flight, as the role's holder, and give the role up."""
        while self._sending:
            with suppress(StoreError):
                await self._elected()
            await asyncio.wait(self._sending, timeout=POLL_SECONDS)
        if self._elected_at is not None:
            self._elected_at = None
            # Where the store is held by others, the role's term ends by itself.
            with suppress(StoreError):
                async with self._services.db.write() as tx:
                    await leases.release(tx, ROLE, self._owner)
