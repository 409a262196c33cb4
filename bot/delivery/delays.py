"""How long messages took, counted in steps."""

from bisect import bisect_left
from collections import Counter

from domain.figures import DELAY_STEPS


class Delays:
    """A histogram: `counts` by upper bound, not added up, and the `total` of all in seconds."""

    def __init__(self) -> None:
        self.counts: Counter[float] = Counter()
        self.total = 0.0

    def note(self, seconds: float) -> None:
        """Count one message; a clock that was set back makes it no less than 0."""
        seconds = max(seconds, 0.0)
        self.counts[DELAY_STEPS[bisect_left(DELAY_STEPS, seconds)]] += 1
        self.total += seconds
