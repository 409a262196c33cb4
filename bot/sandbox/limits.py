"""Telegram's flood limits; pure, the caller tells the time.

The exact values are unpublished and vary. The defaults are those of Telegram's FAQ for bots:
about 30 messages a second in all, one a second to a chat with short bursts tolerated, and 20 a
minute to a group.
"""

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send; None switches a limit off."""

    per_second: int | None = 30
    """Messages a second to all chats together."""
    paid_per_second: int | None = 1000
    """Messages a second that are paid for (`allow_paid_broadcast`); they count apart."""
    chat_per_second: float | None = 1.0
    """Messages a second to one private chat, in the long run."""
    chat_burst: int = 5
    """Messages that a private chat takes at once after a rest."""
    group_per_minute: int | None = 20
    """Messages a minute to one group, supergroup or channel."""
    callback_seconds: float = 60.0
    """How long a button press or an inline query may wait for its answer."""


UNLIMITED = Limits(
    per_second=None, paid_per_second=None, chat_per_second=None, group_per_minute=None
)


@dataclass(slots=True)
class _Window:
    """At most `count` events in any `seconds`."""

    count: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.taken and self.taken[0] <= now - self.seconds:
            self.taken.popleft()
        if len(self.taken) < self.count:
            return 0.0
        return self.taken[0] + self.seconds - now


def _window(count: int | None, seconds: float) -> _Window | None:
    return None if count is None else _Window(count, seconds)


class FloodGate:
    """Counts what was sent and says how long to wait. Every step costs O(1)."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._all = {
            False: _window(limits.per_second, 1.0),
            True: _window(limits.paid_per_second, 1.0),
        }
        self._groups: dict[int, _Window] = {}
        self._empty_at: dict[int, float] = {}

    def take(self, chat_id: int, now: float, *, paid: bool = False) -> int:
        """Count one message to a chat, or count nothing and return the seconds to wait.

        `now` is in seconds and never goes back. 0 means sent; a wait is a whole second or more,
        as in Telegram's `retry_after`.
        """
        everyone = self._all[paid]
        wait_for_all = everyone.wait(now) if everyone is not None else 0.0
        wait = max(wait_for_all, self._wait_for_chat(chat_id, now))
        if wait > 0:
            return max(1, math.ceil(wait))
        if everyone is not None:
            everyone.taken.append(now)
        if chat_id > 0:
            if rate := self._limits.chat_per_second:
                self._empty_at[chat_id] = max(self._empty_at.get(chat_id, now), now) + 1 / rate
        elif self._limits.group_per_minute is not None:
            self._groups[chat_id].taken.append(now)
        return 0

    def _wait_for_chat(self, chat_id: int, now: float) -> float:
        if chat_id > 0:
            rate = self._limits.chat_per_second
            if not rate:
                return 0.0
            backlog = self._empty_at.get(chat_id, now) - now
            return backlog - (self._limits.chat_burst - 1) / rate
        if self._limits.group_per_minute is None:
            return 0.0
        window = self._groups.get(chat_id)
        if window is None:
            window = self._groups[chat_id] = _Window(self._limits.group_per_minute, 60.0)
        return window.wait(now)
