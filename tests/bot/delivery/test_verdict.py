from datetime import timedelta

import pytest
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

from bot.delivery.verdict import Action, judge
from bot.errors import LostAnswerError, NotSentError, NotYetError


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Action.CHAT_GONE),
        (Forbidden("Forbidden: user is deactivated"), Action.CHAT_GONE),
        (Forbidden("Forbidden: bot was kicked from the group chat"), Action.CHAT_GONE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Action.CHAT_GONE),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), Action.CHAT_GONE),
        (Forbidden("Forbidden: the group chat was deleted"), Action.CHAT_GONE),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Action.CHAT_GONE),
        (BadRequest("Bad Request: chat not found"), Action.CHAT_GONE),
        (
            BadRequest("Bad Request: not enough rights to send text messages to the chat"),
            Action.CHAT_GONE,
        ),
        (BadRequest("Bad Request: have no rights to send a message"), Action.CHAT_GONE),
        (BadRequest("Bad Request: bot can't initiate conversation with a user"), Action.CHAT_GONE),
        (ChatMigrated(-1001), Action.CHAT_MOVED),
        (BadRequest("Bad Request: message thread not found"), Action.THREAD_GONE),
        (BadRequest("Bad Request: can't parse entities: unclosed tag"), Action.POISON),
        (BadRequest("Bad Request: message is too long"), Action.POISON),
        (BadRequest("Bad Request: something never seen"), Action.POISON),
        (Forbidden("Forbidden: something never seen"), Action.POISON),
        (RetryAfter(7), Action.THROTTLED),
        (NotYetError(timedelta(seconds=3)), Action.NOT_YET),
        (NetworkError("Bad Gateway"), Action.PASSING),
        (NetworkError("Internal Server Error"), Action.PASSING),
        (NotSentError("Pool timeout"), Action.PASSING),
        (TelegramError("strange"), Action.PASSING),
        (TimedOut(), Action.AMBIGUOUS),
        (LostAnswerError("ServerDisconnectedError"), Action.AMBIGUOUS),
        (TimeoutError(), Action.AMBIGUOUS),
        (InvalidToken("Unauthorized"), Action.STOP),
        (Conflict("terminated by other getUpdates request"), Action.STOP),
        (RuntimeError("a defect of ours"), Action.POISON),
    ],
)
def test_each_class_of_error_has_its_action(error: Exception, action: Action) -> None:
    assert judge(error).action is action


def test_a_refusal_says_how_long_to_wait() -> None:
    assert judge(RetryAfter(7)).delay == timedelta(seconds=7)
    assert judge(NotYetError(timedelta(seconds=3))).delay == timedelta(seconds=3)


def test_a_moved_chat_says_where_to() -> None:
    assert judge(ChatMigrated(-100123)).new_chat_id == -100123


def test_the_reason_repeats_nothing_of_an_unknown_text() -> None:
    for error in (
        BadRequest("Bad Request: secret 42"),
        Forbidden("Forbidden: secret 42"),
        NetworkError("secret 42"),
        InvalidToken("The token `42:secret` was rejected"),
        RuntimeError("secret 42"),
    ):
        verdict = judge(error)
        assert verdict.reason
        assert "secret" not in verdict.reason
        assert "42" not in verdict.reason
