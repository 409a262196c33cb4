"""How long messages took, counted in steps."""

import math
from bisect import bisect_left
from collections import Counter

STEPS = (0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 86400, math.inf)
"""Upper bounds in seconds, each counted in."""


class Delays:
    """A histogram: `counts` by upper bound, not added up, and the `total` of all in seconds."""

    def __init__(self) -> None:
        self.counts: Counter[float] = Counter()
        self.total = 0.0

    def note(self, seconds: float) -> None:
        """Count one message; a clock that was set back makes it no less than 0."""
        seconds = max(seconds, 0.0)
        self.counts[STEPS[bisect_left(STEPS, seconds)]] += 1
        self.total += seconds
