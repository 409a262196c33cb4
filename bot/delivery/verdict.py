"""What an answer of Telegram's means for the message and for its chat."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import LostAnswerError, NotSentError, NotYetError


class Action(Enum):
    """What the sender does about a message that was not acknowledged."""

    CHAT_GONE = auto()
    """Pause the chat's subscriptions and cancel what is pending for it."""
    CHAT_MOVED = auto()
    """Rewrite the chat's id and its pending messages, and try again."""
    THREAD_GONE = auto()
    """Send to the chat itself, and use its thread no more."""
    POISON = auto()
    """Try once as plain text, then set the message aside; the chat is not at fault."""
    THROTTLED = auto()
    """Wait for `delay`: Telegram refused the pace."""
    NOT_YET = auto()
    """Wait for `delay`: our own limiter kept the message, so that Telegram would not refuse it."""
    PASSING = auto()
    """Not delivered: back off and try again."""
    AMBIGUOUS = auto()
    """It may have arrived: back off and try again, and count a possible duplicate."""
    STOP = auto()
    """The bot itself is refused: stop sending and say why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An action with its reason, which holds no chat id, token or text of ours."""

    action: Action
    reason: str
    delay: timedelta | None = None
    new_chat_id: int | None = None


GONE_FORBIDDEN = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked from",
    "bot is not a member of",
    "the group chat was deleted",
    "the group has been deleted",
    "bot can't initiate conversation",
)
GONE_BAD_REQUEST = (
    "chat not found",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights in the channel chat",
    "chat_write_forbidden",
    "user is deactivated",
    "bot can't initiate conversation",
    "bot was kicked from",
    "bot is not a member of",
    "group chat was deactivated",
    "the group chat was deleted",
)
THREAD_GONE = ("message thread not found", "topic_deleted", "topic_closed")


def judge(error: Exception) -> Verdict:
    """Return what to do about an error of a send; an unknown one never counts against the chat.

    `BadRequest` and `TimedOut` are kinds of `NetworkError` and are looked at before it.
    """
    match error:
        case NotYetError():
            return Verdict(Action.NOT_YET, "the chat takes no push yet", delay=error.delay)
        case ChatMigrated():
            return Verdict(Action.CHAT_MOVED, "chat moved", new_chat_id=error.new_chat_id)
        case RetryAfter():
            return Verdict(Action.THROTTLED, "too many requests", delay=delay_of(error))
        case InvalidToken():
            return Verdict(Action.STOP, "Telegram refuses the bot's token")
        case Conflict():
            return Verdict(Action.STOP, "another program uses the bot's token")
        case Forbidden():
            return _forbidden(error)
        case BadRequest():
            return _bad_request(error)
        case NotSentError():
            return Verdict(Action.PASSING, "no connection")
        case TimedOut() | LostAnswerError() | TimeoutError():
            return Verdict(Action.AMBIGUOUS, "no answer")
        case NetworkError():
            return Verdict(Action.PASSING, "network or server error")
        case TelegramError():
            return Verdict(Action.PASSING, "unknown refusal")
    return Verdict(Action.POISON, f"cannot be sent: {type(error).__name__}")


def _forbidden(error: Forbidden) -> Verdict:
    known = _named(error, GONE_FORBIDDEN)
    if known:
        return Verdict(Action.CHAT_GONE, known)
    return Verdict(Action.POISON, "forbidden for an unknown reason")


def _bad_request(error: BadRequest) -> Verdict:
    if thread := _named(error, THREAD_GONE):
        return Verdict(Action.THREAD_GONE, thread)
    if gone := _named(error, GONE_BAD_REQUEST):
        return Verdict(Action.CHAT_GONE, gone)
    for known in ("message is too long", "can't parse entities", "message text is empty"):
        if _named(error, (known,)):
            return Verdict(Action.POISON, known)
    return Verdict(Action.POISON, "refused for an unknown reason")


def _named(error: TelegramError, phrases: tuple[str, ...]) -> str | None:
    """Return the first known phrase in the error's text, which may carry ids or our own words."""
    text = error.message.lower()
    return next((phrase for phrase in phrases if phrase in text), None)


def delay_of(error: RetryAfter) -> timedelta:
    """Return how long Telegram asks to wait."""
    given = error.retry_after
    return given if isinstance(given, timedelta) else timedelta(seconds=given)
