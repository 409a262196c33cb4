"""The one rate limiter of the bot: what it sends stays under Telegram's limits.

Telegram publishes about 30 messages a second for a bot, one a second for a private chat with short
bursts tolerated, and 20 a minute for a group. Refusals tell the rest.
"""

import asyncio
import heapq
import itertools
import math
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.buckets import Gate, Refusals, RoundTrips, TokenBucket, Window
from bot.delivery.verdict import delay_of
from bot.errors import NotYetError

CHAT_RATE, CHAT_BURST = 1.0, 3.0
GROUP_LIMIT, GROUP_PERIOD = 20, 60.0
ROUNDING = 1.0005
"""Periods are longer by this, as clocks are read at slightly other times than they tell."""
CATCH_UP = 1.1
"""Messages leave evenly, at this times the rate at most, so that one that was late is made up for;
the window sees to the rate."""
LATENESS = 0.005
"""Seconds by which timers are late."""
AN_ANSWER = 1.0
"""Seconds after which to look again whether one of a chat's messages was answered."""
QUESTIONS = frozenset({"getChatMember"})
"""Calls that name a chat and send nothing to it."""
TRIES = 3
REMEMBERED_CHATS = 4096

Answer = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(slots=True, eq=False)
class Errand:
    """A request of the sender's, which waits behind every reply and can come back later.

    `may_go` is asked last before it goes. `began` tells whether it went.
    """

    may_go: Callable[[], bool] = lambda: True
    began: bool = False

    def begin(self) -> None:
        """Let it go, or raise `NotYetError`."""
        if not self.may_go():
            raise NotYetError(timedelta())
        self.began = True


REPLY_PATIENCE, ERRAND_PATIENCE = 30.0, 2.0
"""Seconds that a request may wait for its chat or a hold before `NotYetError` sends it back."""


class Memory(Protocol):
    """Keeps what refusals have taught, over restarts."""

    async def load(self) -> Mapping[int | None, float]:
        """Return for how many seconds more each chat is held, and under None the whole bot."""

    async def sent_to_groups(self, seconds: float) -> Sequence[tuple[int, float]]:
        """Return the groups that were sent something of late, and how long ago, oldest first."""

    async def keep(self, chat: int | None, seconds: float) -> None:
        """Note that a chat is held, or the whole bot; raises nothing."""


class FloodLimiter(BaseRateLimiter[Errand]):
    """Limits the bot, each private chat and each group, replies to people first.

    A refusal holds its chat for the time that Telegram names, and everyone when a second chat is
    refused within a second. A refused reply waits and is tried again; a refused errand is raised,
    for its sender keeps it. What is no message passes at once.
    """

    def __init__(
        self,
        messages_per_second: float,
        clock: Callable[[], float] = time.monotonic,
        memory: Memory | None = None,
    ):
        whole = max(1, int(messages_per_second))
        pace = messages_per_second * CATCH_UP
        self._clock = clock
        self._memory = memory
        window = Window(whole, whole / messages_per_second * ROUNDING)
        self._everyone = Gate(TokenBucket(pace, burst=1 + pace * LATENESS), window)
        self._trips = RoundTrips()
        self._chats: dict[int | str, Gate] = {}
        self._remembered = REMEMBERED_CHATS
        self._refusals = Refusals()
        self._queue: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self.passed = 0
        """Requests let through so far."""
        self.refused = 0
        """Refusals of Telegram's so far."""

    async def initialize(self) -> None:
        """Take up what was learnt before a restart."""
        if self._memory is not None:
            for chat, seconds in (await self._memory.load()).items():
                gate = self._everyone if chat is None else self._gate(chat)
                gate.hold(self._clock() + seconds)
            for group, ago in await self._memory.sent_to_groups(GROUP_PERIOD):
                gate = self._gate(group)
                gate.take(self._clock() - ago)
                gate.land(self._clock() - ago)

    async def shutdown(self) -> None:
        """Stop serving; nobody may be waiting any more."""
        if self._timer is not None:
            self._timer.cancel()

    def closed_for(self) -> float:
        """Return for how many seconds more a refusal holds the whole bot; 0 where none does."""
        return max(0.0, self._everyone.held_until - self._clock())

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Errand | None,
    ) -> Answer:
        """Call back when the limits allow it; raises `NotYetError` where that is too far off."""
        chat = data.get("chat_id")
        if not isinstance(chat, int | str) or endpoint in QUESTIONS:
            return await callback(*args, **kwargs)
        tries = TRIES if rate_limit_args is None else 1
        while True:
            tries -= 1
            gate = await self._chats_turn(chat, rate_limit_args)
            try:
                await self._bots_turn(rate_limit_args)
                return await self._call(callback, args, kwargs, rate_limit_args)
            except RetryAfter as refusal:
                await self._hold(chat, delay_of(refusal).total_seconds())
                if not tries:
                    raise
            finally:
                gate.land(self._arrived_by())

    async def _call(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        errand: Errand | None,
    ) -> Answer:
        try:
            if errand is not None:
                errand.begin()
            began = self._clock()
            answer = await callback(*args, **kwargs)
            now = self._clock()
            self._trips.note(now - began, now)
            return answer
        finally:
            self._land()

    def _arrived_by(self) -> float:
        """Return when what has just been answered had arrived, as seen by what is sent next."""
        return self._clock() - self._trips.at_least()

    def _land(self) -> None:
        self._everyone.land(self._arrived_by())
        self._serve()

    async def _chats_turn(self, chat: int | str, errand: Errand | None) -> Gate:
        gate = self._gate(chat)
        while (wait := gate.ready_at(self._clock()) - self._clock()) > 0:
            wait = AN_ANSWER if math.isinf(wait) else wait
            if wait > _patience(errand is not None):
                raise NotYetError(timedelta(seconds=wait))
            await asyncio.sleep(wait)
        gate.take(self._clock())
        return gate

    async def _bots_turn(self, errand: Errand | None) -> None:
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (errand is not None, next(self._order), turn))
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._land()
            raise

    def _serve(self) -> None:
        """Let as many of the queue pass as may now, and come back for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._queue:
            is_errand, _, turn = self._queue[0]
            if turn.done():
                heapq.heappop(self._queue)
                continue
            now = self._clock()
            wait = self._everyone.ready_at(now) - now
            if wait <= 0:
                self._everyone.take(now)
                self.passed += 1
                turn.set_result(None)
            elif self.closed_for() > _patience(is_errand):
                turn.set_exception(NotYetError(timedelta(seconds=self.closed_for())))
            else:
                if not math.isinf(wait):  # else an answer comes first, and serves
                    self._timer = asyncio.get_running_loop().call_later(wait, self._serve)
                return

    async def _hold(self, chat: int | str, seconds: float) -> None:
        now = self._clock()
        self.refused += 1
        self._gate(chat).hold(now + seconds)
        is_everyone = self._refusals.note(chat, now)
        if is_everyone:
            self._everyone.hold(now + seconds)
            self._serve()
        if self._memory is not None and isinstance(chat, int):
            await self._memory.keep(chat, seconds)
            if is_everyone:
                await self._memory.keep(None, seconds)

    def _gate(self, chat: int | str) -> Gate:
        """Return the chat's gate; those that would act like new ones are forgotten."""
        if len(self._chats) > self._remembered:
            now = self._clock()
            self._chats = {key: gate for key, gate in self._chats.items() if not gate.idle(now)}
            self._remembered = max(REMEMBERED_CHATS, 2 * len(self._chats))
        if chat not in self._chats:
            private = isinstance(chat, int) and chat > 0
            self._chats[chat] = (
                Gate(TokenBucket(CHAT_RATE, CHAT_BURST))
                if private
                else Gate(Window(GROUP_LIMIT, GROUP_PERIOD * ROUNDING))
            )
        return self._chats[chat]


def _patience(is_errand: bool) -> float:  # noqa: FBT001
    return ERRAND_PATIENCE if is_errand else REPLY_PATIENCE
