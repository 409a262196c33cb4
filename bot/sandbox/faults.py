"""Faults to order: what goes wrong at Telegram and on the way there.

>>> sandbox.faults.add(BLOCKED, chat_id=42)
>>> sandbox.faults.add(throttled(7), method="sendMessage", times=3)
>>> sandbox.faults.add(Drop(delivered=True), times=1)
>>> sandbox.faults.latency = 0.08
"""

from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad_request, forbidden, migrated, too_many_requests


@dataclass(frozen=True, slots=True)
class Refuse:
    """The request is answered with an error and does nothing."""

    error: ApiError


@dataclass(frozen=True, slots=True)
class Broken:
    """A gateway answers with a page instead of JSON, and nothing is done."""

    status: int = 502


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection ends without an answer, after the request was carried out or before."""

    delivered: bool


@dataclass(frozen=True, slots=True)
class Slow:
    """The request is carried out at once and answered `seconds` later."""

    seconds: float


Fault = Refuse | Broken | Drop | Slow

BLOCKED = Refuse(forbidden("bot was blocked by the user"))
DEACTIVATED = Refuse(forbidden("user is deactivated"))
KICKED = Refuse(forbidden("bot was kicked from the supergroup chat"))
NOT_A_MEMBER = Refuse(forbidden("bot is not a member of the supergroup chat"))
GROUP_DELETED = Refuse(forbidden("the group chat was deleted"))
NO_CONVERSATION = Refuse(forbidden("bot can't initiate conversation with a user"))
CHAT_NOT_FOUND = Refuse(bad_request("chat not found"))
NO_RIGHTS = Refuse(bad_request("not enough rights to send text messages to the chat"))
THREAD_NOT_FOUND = Refuse(bad_request("message thread not found"))
SERVER_ERROR = Refuse(ApiError(500, "Internal Server Error"))


def throttled(retry_after: int) -> Refuse:
    """Return a 429 that asks to wait `retry_after` seconds."""
    return Refuse(too_many_requests(retry_after))


def upgraded(chat_id: int) -> Refuse:
    """Return the refusal of a group that became the supergroup `chat_id`."""
    return Refuse(migrated(chat_id))


@dataclass(slots=True)
class _Rule:
    fault: Fault
    method: str | None
    text: str
    left: int | None


class Faults:
    """Which requests go wrong. A chat's own faults come before those of all; first added first."""

    def __init__(self) -> None:
        self.latency = 0.0
        """Seconds that every request takes before anything is done."""
        self._rules: dict[int | None, list[_Rule]] = {}

    def add(
        self,
        fault: Fault,
        *,
        chat_id: int | None = None,
        method: str | None = None,
        text: str = "",
        times: int | None = None,
    ) -> None:
        """Let requests go wrong: of one chat or all, of one method or all, so often or always.

        With `text` those alone whose message has it in its text.
        """
        name = method.lower() if method else None
        self._rules.setdefault(chat_id, []).append(_Rule(fault, name, text, times))

    def clear(self, chat_id: int | None = None) -> None:
        """Remove the faults of one chat, or all faults and the latency."""
        if chat_id is None:
            self._rules.clear()
            self.latency = 0.0
        else:
            self._rules.pop(chat_id, None)

    def take(self, method: str, chat_id: int | None, text: str = "") -> Fault | None:
        """Return the fault that strikes a request of `method`, which is in small letters."""
        if not self._rules:
            return None
        for key in (chat_id, None):
            rules = self._rules.get(key, [])
            for rule in rules:
                if rule.method in {None, method} and rule.text in text:
                    if rule.left is not None:
                        rule.left -= 1
                        if rule.left <= 0:
                            rules.remove(rule)
                    return rule.fault
        return None
