"""Tells an outage from a message at fault, and backs off as a whole. Pure; times are seconds."""

import math

FAILURES, CHATS = 5, 2
"""So many failures in a row, of so many chats, are an outage."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 5.0


class Breaker:
    """Open while sending anything fails.

    An outage begins with failures of several chats and no success between. From then on nothing is
    sent but a probe now and then; once that is answered one message is tried, and if it arrives
    all go on. A failure in an outage says nothing about its message.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._chats: set[int] = set()
        self._succeeded_at = -math.inf
        self._pauses = 0
        self._probe_at: float | None = None
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Whether there is an outage."""
        return self._probe_at is not None

    @property
    def lets_pass(self) -> bool:
        """Whether a message that is claimed may go."""
        return not self.is_open or self._trying

    def succeeded(self, now: float) -> None:
        """Note that a message arrived: there is no outage."""
        self._succeeded_at = now
        self._failures, self._pauses = 0, 0
        self._chats.clear()
        self._probe_at, self._trying = None, False

    def failed(self, chat: int, began: float, now: float) -> bool:
        """Note that a message, sent at `began`, did not arrive; True where it may be at fault.

        It may be if others arrived meanwhile, or if none but it has failed, and not just once.
        """
        may_be_at_fault = self._succeeded_at >= began or self._chats == {chat}
        self._failures += 1
        self._chats.add(chat)
        if self._trying or (
            not self.is_open and self._failures >= FAILURES and len(self._chats) >= CHATS
        ):
            self._pause(now)
        return may_be_at_fault and not self.is_open

    def wants_probe(self, now: float) -> bool:
        """Tell whether it is time to ask whether Telegram answers at all."""
        return self._probe_at is not None and not self._trying and now >= self._probe_at

    def probed(self, *, answered: bool, now: float) -> None:
        """Note what became of a probe."""
        if answered:
            self._trying = True
        else:
            self._pause(now)

    def room(self, wanted: int, in_flight: int) -> int:
        """Return how many of the messages that are wanted may be sent."""
        if not self.is_open:
            return wanted
        return max(0, min(wanted, 1 - in_flight)) if self._trying else 0

    def pause_left(self, now: float) -> float:
        """Return after how many seconds it is worth while to try again."""
        return max(0.0, self._probe_at - now) if self._probe_at is not None else 0.0

    def _pause(self, now: float) -> None:
        self._trying = False
        self._probe_at = now + min(FIRST_PAUSE * 2**self._pauses, LONGEST_PAUSE)
        self._pauses += 1
