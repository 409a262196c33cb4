"""Names of the figures that a sender keeps in the store, and that others read there."""

import math
from typing import Final

MESSAGES: Final = "messages"
"""How many, by `LANE/OUTCOME`: `sent`, or what became of a try."""
DELAYS: Final = "delays"
"""How many pushes took so long from item to message, by upper bound in seconds."""
DELAY_STEPS: Final = (0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 86400, math.inf)
"""Those bounds, each counted in."""
DELAY_SECONDS: Final = "delay_seconds"
"""How long all of them took together."""
RATE: Final = "rate"
"""Messages a second that Telegram took lately."""
USED: Final = "used"
"""Messages a second that were let through lately, answers to people among them."""
ALLOWED: Final = "allowed"
"""Messages a second that are allowed."""
OUTAGE: Final = "outage"
"""1 while the sender waits because nothing arrives at Telegram, else 0."""

SENT: Final = "sent"
AMBIGUOUS: Final = "ambiguous"
RETRIED: Final = ("passing", AMBIGUOUS, "not_yet")
"""Tries that brought nothing and that nobody refused."""
REFUSED: Final = ("throttled", "poison", "thread_gone", "chat_gone", "chat_moved", "stop")
"""Tries that Telegram refused."""


def delay_label(bound: float) -> str:
    """Return the label of a count of delays up to so many seconds."""
    return f"{bound:g}"


def message_label(lane: str, outcome: str) -> str:
    """Return the label of a count of messages."""
    return f"{lane}/{outcome}"
