"""How long a message is tried, and how many can be on their way at once.

Delivery is at least once. A message is marked as sent when Telegram's answer is in, so a hard kill
can repeat those that were in flight: at most `in_flight(rate)` a kill.
"""

import math
from datetime import timedelta

LEASE = timedelta(seconds=60)
"""For how long a claimed message is its claimer's: more than sending one can take."""

MAX_IN_FLIGHT = 8
"""Messages on their way at the default rate: enough for it where each takes 266 ms."""

FREE_RATE = 30
"""Messages a second above which Telegram wants to be paid for broadcasts."""

MAX_ATTEMPTS = 100
"""After this many tries that count, a message is set aside: about 18 hours of passing errors."""

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=15)


def in_flight(messages_per_second: float) -> int:
    """Return how many messages may be on their way, or answered and not settled, at a rate.

    That is 8, and above 32 a second as many as are sent in a quarter of a second.
    """
    return max(MAX_IN_FLIGHT, math.ceil(messages_per_second / 4))


def backoff(attempts: int, jitter: float) -> timedelta:
    """Return how long to wait after the `attempts`-th try in vain, from 1.

    Doubles from `FIRST_DELAY` to `LONGEST_DELAY`; `jitter`, from 0 to 1, takes away up to half,
    so that messages refused together do not come back together.
    """
    doublings = min(max(attempts - 1, 0), 30)
    delay = min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
    return delay * (1 - jitter / 2)
