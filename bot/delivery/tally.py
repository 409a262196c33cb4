"""What the sender has done so far, counted for whoever wants to know."""

from collections import Counter

from bot.delivery.delays import Delays
from domain.model import Lane

SENT = "sent"


class Tally(Counter[tuple[Lane, str]]):
    """Tries by lane and outcome: `sent`, or the name of a verdict's action in small letters.

    `delays` is the time from an item's being added to its push.
    """

    def __init__(self) -> None:
        super().__init__()
        self.delays = Delays()
