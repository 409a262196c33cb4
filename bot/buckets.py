"""The arithmetic of sending rates. Times are seconds on any one steady clock, given by callers."""

import math
from collections import deque


class TokenBucket:
    """Lets `rate` through each second, and up to `burst` at once after a pause."""

    def __init__(self, rate: float, burst: float):
        self._interval = 1 / rate
        self._slack = (burst - 1) * self._interval
        self._full_at = -math.inf  # when the bucket will be full again (GCRA's arrival time)

    def ready_at(self, now: float) -> float:
        """Return when the next one may pass; `now` or earlier where it may at once."""
        return max(self._full_at, now) - self._slack

    def take(self, now: float) -> None:
        """Count one that passes now, whether it was ready or not."""
        self._full_at = max(self._full_at, now) + self._interval

    def idle(self, now: float) -> bool:
        """Tell whether the bucket is full, so that a new one would do the same."""
        return self._full_at <= now


class Window:
    """Lets at most `limit` through in any span of `period` seconds."""

    def __init__(self, limit: int, period: float):
        self._period = period
        self._taken: deque[float] = deque(maxlen=limit)

    def ready_at(self, now: float) -> float:
        """Return when the next one may pass; `now` or earlier where it may at once."""
        if len(self._taken) < (self._taken.maxlen or 0):
            return now
        return self._taken[0] + self._period

    def take(self, now: float) -> None:
        """Count one that passes now, whether it was ready or not."""
        self._taken.append(now)

    def idle(self, now: float) -> bool:
        """Tell whether nothing is counted any more."""
        return not self._taken or self._taken[-1] + self._period <= now


class Gate:
    """Several limits that hold together, and a hold that Telegram's refusals set."""

    def __init__(self, *limits: TokenBucket | Window):
        self._limits = limits
        self.held_until = -math.inf

    def ready_at(self, now: float) -> float:
        """Return when the next one may pass; `now` or earlier where it may at once."""
        return max(self.held_until, *(limit.ready_at(now) for limit in self._limits))

    def take(self, now: float) -> None:
        """Count one that passes now."""
        for limit in self._limits:
            limit.take(now)

    def hold(self, until: float) -> None:
        """Let nothing through before `until`; an earlier hold is never shortened."""
        self.held_until = max(self.held_until, until)

    def idle(self, now: float) -> bool:
        """Tell whether a new gate would do the same."""
        return self.held_until <= now and all(limit.idle(now) for limit in self._limits)


class Refusals:
    """Tells a chat that is sent too much from a bot that sends too much."""

    def __init__(self, span: float = 1.0):
        self._span = span
        self._last: dict[int | str, float] = {}

    def note(self, chat: int | str, now: float) -> bool:
        """Note a refusal; True where another chat was refused within the span: all must wait."""
        self._last = {c: at for c, at in self._last.items() if now - at <= self._span}
        self._last[chat] = now
        return len(self._last) > 1
