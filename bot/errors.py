"""Refusals that happen on our side, before Telegram saw the request."""

from datetime import timedelta

from telegram.error import TelegramError, TimedOut


class NotSentError(TimedOut):
    """Timed out before a byte was written: the request certainly did not arrive."""


class NotYetError(TelegramError):
    """The limiter refused to queue a push: its chat takes none for `delay`. Nothing was sent."""

    def __init__(self, delay: timedelta):
        super().__init__("the chat takes no push yet")
        self.delay = delay
