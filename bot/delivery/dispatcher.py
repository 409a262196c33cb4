"""The one sender: from items on their way to messages that Telegram has taken.

One process at a time has this role. Messages are claimed with a lease, sent a few at a time, and
settled as they are answered, so that a hard kill repeats no more than those in flight: at most
`domain.delivery.in_flight` are on their way to Telegram and not yet in the store. As many again are
claimed ahead, so that none has to be waited for.
"""

import asyncio
import time
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.client import Client
from bot.delivery.breaker import Breaker
from bot.delivery.editor import Editor
from bot.delivery.owner import new_owner
from bot.delivery.preparing import Preparation
from bot.delivery.role import Role
from bot.delivery.sender import LONGEST_SEND, Sender
from bot.delivery.settler import Outcome, Refused, Settler
from bot.delivery.tally import Tally
from bot.delivery.verdict import Action, Verdict
from bot.errors import place_of
from bot.limiter import FloodLimiter
from bot.services import BotServices
from domain.delivery import LEASE, in_flight
from domain.errors import StoreError
from domain.model import Delivery
from storage import outbox

POLL_SECONDS = 0.5
REFILL = 4
"""Messages are claimed when one in so many of those that may be in flight can be."""

LONGEST_WAIT = LEASE - LONGEST_SEND
"""A claimed message that waited longer for its place goes back, as its claim might end first."""
TOO_LATE = Verdict(Action.NOT_YET, "its claim ends soon", delay=timedelta())

log = structlog.get_logger(__name__)


class Dispatcher:
    """Sends what is due. `failure` says why it stopped for good, when Telegram refuses the bot."""

    def __init__(self, services: BotServices, bot: Client, *, owner: str | None = None):
        self._services = services
        self._owner = owner or new_owner()
        self._bot = bot
        self._limiter = bot.rate_limiter
        self._in_flight = in_flight(services.messages_per_second)
        self._places = asyncio.Semaphore(self._in_flight)
        self._breaker = Breaker()
        self.tally = Tally()
        self._role = Role(services, self._owner)
        self._sender = Sender(services, bot, self._breaker, self.tally, self._may_send)
        self._settler = Settler(services, self._breaker, self.tally)
        self._preparation = Preparation(services)
        self._editor = Editor(services, bot, self._is_idle)
        self._sending: set[asyncio.Task[None]] = set()
        self._free = asyncio.Event()
        self._found_nothing = False
        self.failure: str | None = None

    @property
    def passed(self) -> int:
        """How many requests the limiter has let through so far, answers to people among them."""
        return self._limiter.passed if isinstance(self._limiter, FloodLimiter) else 0

    @property
    def leads(self) -> bool:
        """Whether this is the one sender, as far as is known; False before the first look."""
        return self._role.is_anothers is False

    @property
    def in_outage(self) -> bool:
        """Whether sending pauses, because nothing arrives."""
        return self._breaker.is_open

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what is in flight and give the role up.

        Wakes at `BotServices.nudge`, and looks twice a second for what other processes wrote.
        Cancelling it drops what is in flight unsettled, as a kill would.
        """
        watch = asyncio.create_task(self._wake_at(stop))
        works = (self._prepare(stop), self._edit(stop))
        helpers = [asyncio.create_task(work) for work in works]
        try:
            while not stop.is_set() and self.failure is None:
                self._free.clear()
                await self._claim()
                await _rest(self._free)
            self._services.nudge()
            await asyncio.gather(*helpers)
            await self._finish()
        finally:
            for task in (watch, *helpers, *self._sending):
                task.cancel()
            self._settler.cancel()

    async def run_once(self) -> int:
        """Send all that is due now, and return how many messages were tried."""
        before = self.tally.total()
        while self.failure is None:
            more = await self._prepare_some()
            claimed = await self._claim()
            if self._sending:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            elif not more and not claimed:
                break
        return self.tally.total() - before

    async def _prepare(self, stop: asyncio.Event) -> None:
        while not stop.is_set() and self.failure is None:
            self._services.wake.clear()
            more = await self._prepare_some()
            if more or await _rest(self._services.wake):
                self._found_nothing = False
                self._free.set()

    async def _edit(self, stop: asyncio.Event) -> None:
        """Edit messages of changed items while nothing is to be sent."""
        while not stop.is_set() and self.failure is None:
            edited = False
            try:
                if self._is_idle() and await self._role.have():
                    edited = await self._editor.step()
            except StoreError:
                pass  # others say so
            except Exception as error:  # noqa: BLE001 - the next edit may go
                _note_defect("edits failed", error)
            if not edited:
                await _rest(stop)

    def _is_idle(self) -> bool:
        return not self._sending and not self._breaker.is_open and not self._is_held()

    async def _prepare_some(self) -> bool:
        """Take items and digests one step further; True where more can be done at once."""
        try:
            return await self._role.have() and await self._preparation.step()
        except StoreError as error:
            log.warning("the store cannot be used", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - what is ready to be sent is sent all the same
            _note_defect("a fan-out failed", error)
        return False

    async def _claim(self) -> int:
        """Claim and begin to send as many messages as there is room for; returns how many."""
        try:
            if not await self._role.have():
                return 0
            await self._probe()
            room = self._room()
            if not room or (self._found_nothing and not await self._is_any_due()):
                return 0
            now = self._services.clock()
            async with self._services.db.write() as tx:
                claimed = await outbox.claim(tx, owner=self._owner, now=now, limit=room)
        except StoreError as error:
            log.warning("the store cannot be used", error=type(error).__name__)
            return 0
        self._found_nothing = not claimed
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery))
            self._sending.add(task)
            task.add_done_callback(self._done)
        return len(claimed)

    def _may_send(self) -> bool:
        return self._role.still() and self._breaker.lets_pass

    def _room(self) -> int:
        """Return how many messages to claim."""
        if self._is_held():
            return 0
        free = 2 * self._in_flight - len(self._sending)
        if self._sending and free < self._in_flight // REFILL:
            return 0
        return self._breaker.room(free, len(self._sending))

    def _is_held(self) -> bool:
        """Tell whether nothing is to be sent for now: Telegram refuses all chats, or the bot."""
        if self._bot.refusal is not None:
            return True
        return isinstance(self._limiter, FloodLimiter) and self._limiter.closed_for() > 0

    async def _is_any_due(self) -> bool:
        async with self._services.db.read() as tx:
            return await outbox.any_due(tx, now=self._services.clock())

    async def _probe(self) -> None:
        loop = asyncio.get_running_loop()
        if self._breaker.wants_probe(loop.time()):
            verdict = await self._sender.probe()
            self._stop_at(verdict)
            self._breaker.probed(answered=verdict is None, now=loop.time())

    async def _deliver(self, delivery: Delivery) -> None:
        claimed = time.monotonic()
        async with self._places:
            if time.monotonic() - claimed > LONGEST_WAIT.total_seconds():
                outcome: Outcome = Refused(delivery, TOO_LATE, counts=False)
            else:
                outcome = await self._sender.send(delivery)
            if isinstance(outcome, Refused):
                self._stop_at(outcome.verdict)
            await self._settler.settle(outcome)

    def _stop_at(self, verdict: Verdict | None) -> None:
        if verdict is not None and verdict.action is Action.STOP and self.failure is None:
            self.failure = verdict.reason
            log.error("sending has stopped", why=verdict.reason)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("not settled", error=type(error).__name__)
        self._free.set()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._free.set()

    async def _finish(self) -> None:
        """Wait for what is in flight, as the role's holder, and give the role up."""
        while self._sending:
            await asyncio.wait(self._sending, timeout=POLL_SECONDS)
            with suppress(StoreError):
                await self._role.have()
        await self._role.give_up()


def _note_defect(event: str, error: Exception) -> None:
    log.error(event, error=type(error).__name__, at=place_of(error))


async def _rest(event: asyncio.Event) -> bool:
    """Wait for an event, or for the next look; tells which it was."""
    try:
        async with asyncio.timeout(POLL_SECONDS):
            return await event.wait()
    except TimeoutError:
        return False
