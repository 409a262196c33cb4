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

    def land(self, now: float) -> None:
        """Do nothing: a bucket counts what leaves, not what arrives."""

    def idle(self, now: float) -> bool:
        """Tell whether the bucket is full, so that a new one would do the same."""
        return self._full_at <= now


class Window:
    """Sees to it that the other side counts at most `limit` in any span of `period` seconds.

    It counts when a request arrives, and all that is known of that is that it was before the
    answer. So a request counts while it is on its way, and for `period` after its answer.
    """

    def __init__(self, limit: int, period: float):
        self._limit = limit
        self._period = period
        self._on_their_way = 0
        self._landed: deque[float] = deque()

    def ready_at(self, now: float) -> float:
        """Return when the next one may pass; infinity where an answer has to come first."""
        while self._landed and self._landed[0] + self._period <= now:
            self._landed.popleft()
        surplus = self._on_their_way + len(self._landed) - self._limit
        if surplus < 0:
            return now
        return self._landed[surplus] + self._period if surplus < len(self._landed) else math.inf

    def take(self, now: float) -> None:  # noqa: ARG002
        """Count one that leaves, whether it was ready or not; `land` has to follow."""
        self._on_their_way += 1

    def land(self, now: float) -> None:
        """Note that one has arrived, by `now` at the latest."""
        self._on_their_way -= 1
        self._landed.append(max(now, self._landed[-1]) if self._landed else now)

    def idle(self, now: float) -> bool:
        """Tell whether nothing is counted any more."""
        landed = not self._landed or self._landed[-1] + self._period <= now
        return landed and not self._on_their_way


class Gate:
    """Several limits that hold together, and a hold that Telegram's refusals set."""

    def __init__(self, *limits: TokenBucket | Window):
        self._limits = limits
        self.held_until = -math.inf

    def ready_at(self, now: float) -> float:
        """Return when the next one may pass; `now` or earlier where it may at once."""
        return max(self.held_until, *(limit.ready_at(now) for limit in self._limits))

    def take(self, now: float) -> None:
        """Count one that passes now; `land` has to follow."""
        for limit in self._limits:
            limit.take(now)

    def land(self, now: float) -> None:
        """Note that one has arrived, by `now` at the latest."""
        for limit in self._limits:
            limit.land(now)

    def hold(self, until: float) -> None:
        """Let nothing through before `until`; an earlier hold is never shortened."""
        self.held_until = max(self.held_until, until)

    def idle(self, now: float) -> bool:
        """Tell whether a new gate would do the same."""
        return self.held_until <= now and all(limit.idle(now) for limit in self._limits)


class RoundTrips:
    """What all round trips of late have in common: a request is that much younger on arrival.

    Of two requests to one server the second, sent when the first was answered, arrives later by
    the way back of the one and the way there of the other. That is a round trip, and no shorter
    than the shortest.
    """

    def __init__(self, span: float = 10.0, enough: int = 30):
        self._span, self._enough = span, enough
        self._since = -math.inf
        self._former = self._least = math.inf
        self._count = 0

    def note(self, seconds: float, now: float) -> None:
        """Note how long one took."""
        if now - self._since > self._span:
            self._former, self._least, self._since = self._least, math.inf, now
        self._least = min(self._least, seconds)
        self._count += 1

    def at_least(self) -> float:
        """Return how long a round trip takes at least, with some caution; 0 while that is open."""
        if self._count < self._enough:
            return 0.0
        return max(0.0, min(self._former, self._least) * 0.9 - 0.001)


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
