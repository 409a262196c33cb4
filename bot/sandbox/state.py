"""What the sandbox keeps: chats, messages and what happened in them."""

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]
"""A Bot API Message; never changed in place: an edit makes a new one."""

_FIRST_SUPERGROUP = -1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a chat's window shows."""

    sequence: int
    kind: str
    """`message`, `edit`, `delete`, `answer` or `membership`."""
    data: Message


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the bot sent and Telegram took."""

    sequence: int
    at: float
    """Seconds since the epoch, by the sandbox's clock."""
    chat_id: int
    message_id: int
    text: str
    silent: bool


@dataclass(slots=True)
class Chat:
    """A chat; its kind follows from its id, as at Telegram."""

    id: int
    first_name: str = "Visitor"
    title: str = "Group"
    username: str | None = None
    language_code: str = "en"
    status: str = "creator"
    """What the one who writes here is in a group: `creator`, `administrator` or `member`."""
    member: bool = True
    """False once the user blocked the bot, or the group removed it."""
    migrated_to: int | None = None
    threads: frozenset[int] = frozenset()
    menu_button: dict[str, Any] | None = None
    last_message_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    files: dict[int, bytes] = field(default_factory=dict)
    """The contents of documents, by message id."""
    events: list[Event] = field(default_factory=list)

    @property
    def type(self) -> str:
        """Return `private`, `group` or `supergroup`."""
        if self.id > 0:
            return "private"
        return "supergroup" if self.id < _FIRST_SUPERGROUP else "group"

    def shown(self, message_id: int) -> Message | None:
        """Return a message, and what it answers as that is now."""
        message = self.messages.get(message_id)
        if message is None or "reply_to_message" not in message:
            return message
        answered = self.messages.get(message["reply_to_message"]["message_id"])
        reply = {"reply_to_message": without_reply(answered)} if answered else {}
        return without_reply(message) | reply

    def json(self) -> dict[str, Any]:
        """Return the Bot API Chat."""
        named = {"first_name": self.first_name} if self.id > 0 else {"title": self.title}
        chat: dict[str, Any] = {"id": self.id, "type": self.type, **named}
        if self.username:
            chat["username"] = self.username
        if self.threads:
            chat["is_forum"] = True
        return chat

    def user(self) -> dict[str, Any]:
        """Return the Bot API User who writes here; a group has one member who does."""
        return {
            "id": abs(self.id),
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }


def without_reply(message: Message) -> Message:
    """Return a message without the one that it answers, as Telegram nests but one."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
