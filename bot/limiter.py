"""The one rate limiter of the bot: what it sends stays under Telegram's limits.

Telegram publishes about 30 messages a second for a bot, one a second for a private chat with short
bursts tolerated, and 20 a minute for a group. Refusals tell the rest.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from enum import IntEnum
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.buckets import Gate, Refusals, TokenBucket, Window
from bot.delivery.verdict import delay_of
from bot.errors import NotYetError

CHAT_RATE, CHAT_BURST = 1.0, 3.0
GROUP_LIMIT, GROUP_PERIOD = 20, 61.0
MARGIN = 1.02  # requests can arrive closer together than they were sent
TRIES = 3
REMEMBERED_CHATS = 4096

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Priority(IntEnum):
    """Who goes first when the bot's rate is used up."""

    REPLY = 0
    PUSH = 1
    DIGEST = 2


PATIENCE = {Priority.REPLY: 30.0, Priority.PUSH: 2.0, Priority.DIGEST: 2.0}
"""Seconds that a request may wait for its chat or a hold before `NotYetError` sends it back."""


class FloodLimiter(BaseRateLimiter[Priority]):
    """Limits the bot, each private chat and each group, replies to people first.

    A refusal holds its chat for the time that Telegram names, and everyone when a second chat is
    refused within a second. A refused reply waits and is tried again; a refused push is raised,
    for its sender keeps it. Calls without a chat pass at once.
    """

    def __init__(self, messages_per_second: float, clock: Callable[[], float] = time.monotonic):
        whole = max(1, int(messages_per_second))
        self._clock = clock
        self._everyone = Gate(
            TokenBucket(messages_per_second, burst=max(1.0, messages_per_second / 8)),
            Window(whole, whole / messages_per_second * MARGIN),
        )
        self._chats: dict[int | str, Gate] = {}
        self._refusals = Refusals()
        self._queue: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Do nothing: the first request starts the limiter."""

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
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Answer:
        """Call back when the limits allow it; raises `NotYetError` where that is too far off."""
        chat = data.get("chat_id")
        if not isinstance(chat, int | str):
            return await callback(*args, **kwargs)
        priority = rate_limit_args or Priority.REPLY
        tries = TRIES if priority is Priority.REPLY else 1
        while True:
            tries -= 1
            await self._admit(chat, priority)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                self._hold(chat, delay_of(refusal).total_seconds())
                if not tries:
                    raise

    async def _admit(self, chat: int | str, priority: Priority) -> None:
        """Wait for the chat's turn, then for the bot's."""
        gate = self._gate(chat)
        while (wait := gate.ready_at(self._clock()) - self._clock()) > 0:
            if wait > PATIENCE[priority]:
                raise NotYetError(timedelta(seconds=wait))
            await asyncio.sleep(wait)
        gate.take(self._clock())
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._order), turn))
        self._serve()
        await turn

    def _serve(self) -> None:
        """Let as many of the queue pass as may now, and come back for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._queue:
            turn = self._queue[0][2]
            now = self._clock()
            wait = self._everyone.ready_at(now) - now
            if turn.done():
                heapq.heappop(self._queue)
            elif wait > PATIENCE[self._queue[0][0]]:
                turn.set_exception(NotYetError(timedelta(seconds=wait)))
            elif wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._serve)
                return
            else:
                self._everyone.take(now)
                turn.set_result(None)

    def _hold(self, chat: int | str, seconds: float) -> None:
        now = self._clock()
        self._gate(chat).hold(now + seconds)
        if self._refusals.note(chat, now):
            self._everyone.hold(now + seconds)
            self._serve()

    def _gate(self, chat: int | str) -> Gate:
        """Return the chat's gate; those that would act like new ones are forgotten."""
        if len(self._chats) > REMEMBERED_CHATS:
            now = self._clock()
            self._chats = {key: gate for key, gate in self._chats.items() if not gate.idle(now)}
        if chat not in self._chats:
            private = isinstance(chat, int) and chat > 0
            self._chats[chat] = (
                Gate(TokenBucket(CHAT_RATE, CHAT_BURST))
                if private
                else Gate(Window(GROUP_LIMIT, GROUP_PERIOD))
            )
        return self._chats[chat]
