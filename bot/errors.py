"""How a request can end without an answer of Telegram's, finer than PTB tells it."""

import traceback
from datetime import timedelta
from pathlib import Path

from telegram.error import NetworkError, TelegramError, TimedOut


class NotSentError(TimedOut):
    """Timed out before a byte was written: the request certainly did not arrive."""


class LostAnswerError(NetworkError):
    """The connection broke after the request was on its way: it may have arrived."""


class RefusedError(TelegramError):
    """Telegram refuses the bot itself: its token, or another program uses that."""


class NotYetError(TelegramError):
    """The limiter refused to queue a push: its chat takes none for `delay`. Nothing was sent."""

    def __init__(self, delay: timedelta):
        super().__init__("the chat takes no push yet")
        self.delay = delay


def place_of(error: BaseException) -> str:
    """Return the line of code that raised an error, e.g. `search.py:41`, for logs.

    The error's own text may hold a chat id or a query.
    """
    trace = traceback.extract_tb(error.__traceback__)
    return f"{Path(trace[-1].filename).name}:{trace[-1].lineno}" if trace else "?"
