"""The sandbox: Telegram as one bot and its chats see it, in memory."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from bot.sandbox.errors import bad_request, forbidden, migrated, too_many_requests
from bot.sandbox.faults import Faults
from bot.sandbox.formatting.detect import detect
from bot.sandbox.journal import Journal
from bot.sandbox.limits import FloodGate, Limits
from bot.sandbox.profile import Profile
from bot.sandbox.questions import Question, Questions
from bot.sandbox.state import Chat, Message, Sent
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

T = TypeVar("T")


class Sandbox:
    """One bot and its chats. Belongs to one event loop; `clock` gives seconds since the epoch.

    Each chat keeps its last `history` messages. With `local_links` buttons may lead to hosts
    without a dot, such as localhost, which the real Telegram refuses.
    """

    def __init__(
        self,
        token: str = "1000000001:sandbox",  # noqa: S107 - opens nothing but this sandbox
        *,
        name: str = "Topicwire",
        username: str = "topicwire_sandbox_bot",
        limits: Limits | None = None,
        local_links: bool = True,
        history: int = 500,
        webhook_retry_seconds: float = 1.0,
        clock: Callable[[], float] = time.time,
    ):
        limits = limits or Limits()
        self.token = token
        self.clock = clock
        self.local_links = local_links
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.journal = Journal(history)
        self.flood = FloodGate(limits)
        self.faults = Faults()
        self.profile = Profile()
        self.updates = UpdateQueue(self.journal.touch)
        self.webhook = Webhook(self.updates, clock, webhook_retry_seconds, self.journal.touch)
        self.presses = Questions(limits.callback_seconds)
        self.inline = Questions(limits.callback_seconds)
        self.sent: list[Sent] = []
        self.calls: Counter[tuple[str, int]] = Counter()
        """Answered requests by method, in small letters, and HTTP status."""
        self.under_way: Counter[str] = Counter()
        """Requests that came and are not answered yet, by method, in small letters."""
        self._history = history
        self._chats: dict[int, Chat] = {}
        self._usernames: dict[str, int] = {}
        self._ranges: list[range] = []
        self._message_ids = itertools.count(1)

    # What users do

    def add_chat(
        self,
        chat_id: int,
        *,
        name: str | None = None,
        username: str | None = None,
        language_code: str = "en",
        threads: frozenset[int] = frozenset(),
    ) -> Chat:
        """Open a chat with the bot without a word; a chat that is there is returned as it is."""
        if found := self.find_chat(chat_id):
            return found
        chat = Chat(chat_id, username=username, language_code=language_code, threads=threads)
        if name:
            chat.first_name = chat.title = name
        if username:
            self._usernames[username.lower()] = chat_id
        self._chats[chat_id] = chat
        return chat

    def add_chats(self, chat_ids: range) -> None:
        """Open any number of chats; one costs nothing until it is used."""
        self._ranges.append(chat_ids)

    def send_text(self, chat_id: int, text: str, *, thread_id: int | None = None) -> int:
        """Let the chat's user send a text, which opens the chat, and return the message id."""
        chat = self.add_chat(chat_id)
        message = self.new_message(chat, sender=chat.user(), thread_id=thread_id)
        message["text"] = text
        if entities := detect(text):
            message["entities"] = entities
        self.put_message(chat, message)
        self.updates.put("message", message)
        return int(message["message_id"])

    def press(self, chat_id: int, message_id: int, data: str) -> Question:
        """Let the user press a button, with any data, as a wrong client could send it."""
        chat = self.add_chat(chat_id)
        question = self.presses.ask(chat_id, self.clock())
        query: dict[str, Any] = {
            "id": question.id,
            "from": chat.user(),
            "chat_instance": str(abs(chat_id)),
            "data": data,
        }
        if message := chat.shown(message_id):
            query["message"] = message
        else:
            query["message"] = {"chat": chat.json(), "message_id": message_id, "date": 0}
        self.updates.put("callback_query", query)
        return question

    def ask_inline(self, user_id: int, query: str, offset: str = "") -> Question:
        """Let a user type an inline query in some chat."""
        question = self.inline.ask(user_id, self.clock())
        self.updates.put(
            "inline_query",
            {
                "id": question.id,
                "from": self.add_chat(user_id).user(),
                "query": query,
                "offset": offset,
                "chat_type": "private",
            },
        )
        return question

    def block(self, chat_id: int) -> None:
        """Let the user block the bot, or the group remove it."""
        self._set_member(chat_id, member=False)

    def unblock(self, chat_id: int) -> None:
        """Let the user or the group take the bot back."""
        self._set_member(chat_id, member=True)

    def migrate(self, old_id: int, new_id: int) -> None:
        """Turn a group into a supergroup with a new id, and tell the bot as Telegram does."""
        old = self.add_chat(old_id)
        new = self.add_chat(new_id, name=old.title)
        for chat, key, other in (
            (old, "migrate_to_chat_id", new_id),
            (new, "migrate_from_chat_id", old_id),
        ):
            message = self.new_message(chat, sender=chat.user())
            message[key] = other
            self.put_message(chat, message)
            self.updates.put("message", message)
        old.migrated_to = new_id

    # What tests and pages look at

    def find_chat(self, chat_id: int | str) -> Chat | None:
        """Return a chat by its id or @username."""
        if isinstance(chat_id, str):
            chat_id = self._usernames.get(chat_id.removeprefix("@").lower(), 0)
        chat = self._chats.get(chat_id)
        if chat is None and any(chat_id in known for known in self._ranges):
            chat = self._chats[chat_id] = Chat(chat_id)
        return chat

    def messages(self, chat_id: int) -> list[Message]:
        """Return a chat's messages as they are now, oldest first."""
        chat = self._chats.get(chat_id)
        return list(chat.messages.values()) if chat else []

    async def wait_for(self, condition: Callable[[], T], seconds: float = 10.0) -> T:
        """Wait until a condition on the sandbox holds, and return its value.

        Raises TimeoutError after `seconds`.
        """
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                await self.journal.changed()
        return value

    async def close(self) -> None:
        """End every wait and the webhook's delivery, so that a server can stop."""
        self.journal.close()
        self.updates.release()
        await self.webhook.close()

    # What the bot's methods do

    def reach(self, chat_id: int | str) -> Chat:
        """Return a chat that the bot can write to; raises ApiError as Telegram does."""
        chat = self.find_chat(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if not chat.member:
            if chat.type == "private":
                raise forbidden("bot was blocked by the user")
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        return chat

    def count_send(self, chat: Chat, *, paid: bool = False) -> None:
        """Count a message against the flood limits; raises ApiError 429."""
        if wait := self.flood.take(chat.id, self.clock(), paid=paid):
            raise too_many_requests(wait)

    def new_message(
        self, chat: Chat, *, sender: dict[str, Any], thread_id: int | None = None
    ) -> Message:
        """Return a new message without content. Ids run by supergroup, and for all others."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            message_id = chat.last_message_id
        else:
            message_id = next(self._message_ids)
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.json(),
            "date": int(self.clock()),
        }
        if thread_id:
            message["message_thread_id"] = thread_id
            message["is_topic_message"] = True
        return message

    def put_message(self, chat: Chat, message: Message) -> int:
        """Keep a message, show it, and return its place in the sequence."""
        chat.messages[message["message_id"]] = message
        if len(chat.messages) > self._history:
            oldest = next(iter(chat.messages))
            del chat.messages[oldest]
            chat.files.pop(oldest, None)
        return self.journal.record(chat, "message", message)

    def _set_member(self, chat_id: int, *, member: bool) -> None:
        chat = self.add_chat(chat_id)
        if chat.member == member:
            return
        chat.member = member
        before, after = ("kicked", "member") if member else ("member", "kicked")
        change = {
            "chat": chat.json(),
            "from": chat.user(),
            "date": int(self.clock()),
            "old_chat_member": self._membership(before),
            "new_chat_member": self._membership(after),
        }
        self.journal.record(chat, "membership", {"member": member})
        self.updates.put("my_chat_member", change)

    def _membership(self, status: str) -> dict[str, Any]:
        membership: dict[str, Any] = {"user": self.bot, "status": status}
        if status == "kicked":
            membership["until_date"] = 0
        return membership
