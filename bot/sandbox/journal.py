"""The sequence of everything that happens, and waiting for the next thing."""

import asyncio
import secrets

from bot.sandbox.state import Chat, Event, Message


class Journal:
    """Numbers every change, keeps each chat's events and wakes whoever waits for one.

    Lives in one event loop. A waiter that checks its condition and then waits misses nothing, as
    nothing else runs in between.
    """

    def __init__(self, history: int):
        self.run = secrets.token_hex(4)
        """Tells this sandbox's sequence from that of an earlier one."""
        self.sequence = 0
        self.closed = False
        self._history = history
        self._waiting: dict[int | None, set[asyncio.Future[None]]] = {}

    def record(self, chat: Chat, kind: str, data: Message) -> int:
        """Give a change in a chat its number, which is returned, and show it in the chat."""
        self.sequence += 1
        chat.events.append(Event(self.sequence, kind, data))
        if len(chat.events) > 2 * self._history:
            del chat.events[: len(chat.events) - self._history]
        self._wake(chat.id)
        self._wake(None)
        return self.sequence

    def touch(self) -> int:
        """Give a change that no chat shows its number, which is returned."""
        self.sequence += 1
        self._wake(None)
        return self.sequence

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        for key in list(self._waiting):
            self._wake(key)

    async def changed(self, chat_id: int | None = None) -> None:
        """Wait for the next change, in one chat or anywhere; return at once when closed."""
        if self.closed:
            return
        future = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(chat_id, set())
        waiting.add(future)
        try:
            await future
        finally:
            waiting.discard(future)
            if not waiting and self._waiting.get(chat_id) is waiting:
                del self._waiting[chat_id]

    def _wake(self, key: int | None) -> None:
        for future in self._waiting.pop(key, ()):
            if not future.done():
                future.set_result(None)
