"""What the sender has done so far, counted for whoever wants to know."""

from bisect import bisect_left
from collections import Counter
from itertools import accumulate

from domain.model import Lane

BOUNDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0, 86_400.0)
"""Upper bounds of the histogram's buckets, in seconds."""
SENT = "sent"


class Histogram:
    """Counts durations by bucket, as Prometheus does."""

    def __init__(self, bounds: tuple[float, ...] = BOUNDS):
        self.bounds = bounds
        self.sum = 0.0
        self._counts = [0] * (len(bounds) + 1)

    def add(self, seconds: float) -> None:
        """Count one."""
        self._counts[bisect_left(self.bounds, seconds)] += 1
        self.sum += seconds

    @property
    def count(self) -> int:
        """How many were counted."""
        return sum(self._counts)

    def cumulative(self) -> list[int]:
        """Return how many took at most each bound, and last how many there are."""
        return list(accumulate(self._counts))


class Tally(Counter[tuple[Lane, str]]):
    """Tries by lane and outcome: `sent`, or the name of a verdict's action in small letters.

    `set_aside` among them counts messages that were given up, which their last try is counted
    for too. `latency` is the time from an item's being added to its push.
    """

    def __init__(self) -> None:
        super().__init__()
        self.latency = Histogram()
        self.set_aside: Counter[Lane] = Counter()
        self.outages = 0
        """How often sending stopped as a whole, because nothing arrived any more."""
