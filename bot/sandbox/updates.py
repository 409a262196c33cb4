"""The queue of updates for the bot, and long polling."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from bot.sandbox.errors import ApiError

Update = dict[str, Any]

MAX_BATCH = 100
MAX_SECONDS = 50
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"


class UpdateQueue:
    """Updates in order, until the bot confirms them by an offset or takes them by webhook.

    Unlike the real server, a poller that asks for the same offset again and again is not slowed
    down.
    """

    def __init__(self, changed: Callable[[], object]):
        self.pending: deque[Update] = deque()
        self.allowed: frozenset[str] = frozenset()
        self.webhook_active = False
        self._changed = changed
        self._next_id = 1
        self._poller: asyncio.Future[None] | None = None
        self._arrived = asyncio.Event()

    @property
    def polling(self) -> bool:
        """Tell whether a poll is waiting."""
        return self._poller is not None

    def put(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update and return its id; None when the bot has not asked for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if not wanted:
            return None
        update_id = self._next_id
        self._next_id += 1
        self.pending.append({"update_id": update_id, kind: payload})
        self._arrived.set()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        self._changed()
        return update_id

    def allow(self, kinds: Iterable[str]) -> None:
        """Choose the kinds of updates to queue from now on; none means Telegram's default."""
        self.allowed = frozenset(kinds)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Answer getUpdates: confirm below `offset`, then wait up to `seconds`.

        Raises ApiError 409 with a webhook set, and in a poll that a second one cut short.
        """
        if self.webhook_active:
            raise ApiError(409, _WEBHOOK_ACTIVE)
        self._end_poll(_OTHER_POLLER)
        self._confirm(offset)
        limit = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
        if not self.pending and seconds > 0:
            self._poller = poller = asyncio.get_running_loop().create_future()
            self._changed()
            try:
                await asyncio.wait_for(poller, min(seconds, MAX_SECONDS))
            except TimeoutError:
                return []
            finally:
                if self._poller is poller:
                    self._poller = None
        return [self.pending[place] for place in range(min(limit, len(self.pending)))]

    def start_webhook(self) -> None:
        """End long polling: from now on a webhook takes the updates."""
        self.webhook_active = True
        self._end_poll(_WEBHOOK_SET)

    def clear(self) -> None:
        """Drop what is pending."""
        self.pending.clear()

    def release(self) -> None:
        """Answer a waiting poll with what there is."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    async def first(self) -> Update:
        """Wait for an update and return it; it stays in the queue."""
        while not self.pending:
            self._arrived.clear()
            await self._arrived.wait()
        return self.pending[0]

    def delivered(self, update: Update) -> None:
        """Take an update that the webhook took off the queue, unless it was dropped meanwhile."""
        if self.pending and self.pending[0] is update:
            self.pending.popleft()
            self._changed()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._next_id + offset
        if not self.pending or self.pending[0]["update_id"] >= offset:
            return
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        self._changed()

    def _end_poll(self, reason: str) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, reason))
