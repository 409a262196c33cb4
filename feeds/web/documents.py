"""The documents kept in memory, so that an unchanged one is answered without the database."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from weakref import WeakValueDictionary

from starlette.types import Scope

from feeds.web.document import Content, Document

CAPACITY = 64 * 1024 * 1024
"""How many bytes of documents are kept, plain and packed together."""

_SLACK = 4096
"""What a kept document costs beside its bytes: headers, address, bookkeeping."""


class Documents:
    """The documents by canonical address, those not asked for longest dropped first.

    A document is fresh while the store has the version that it was read from and the day (UTC) has
    not changed, for queries may speak of days. Until the version was observed for the first time
    nothing is fresh. Used from one event loop.
    """

    def __init__(self, clock: Callable[[], datetime], *, capacity: int = CAPACITY):
        self._clock = clock
        self._capacity = capacity
        self._kept: OrderedDict[str, tuple[Document, date]] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._version: int | None = None
        self._day = clock().date()
        self.size = 0
        """Bytes kept."""

    def observe(self, version: int) -> None:
        """Take note of the store's version and of the day; call it twice a second."""
        self._version = version
        self._day = self._clock().date()

    def fresh(self, address: str) -> Document | None:
        """Return the document at an address if it is kept and fresh. Touches no database."""
        kept = self._kept.get(address)
        if kept is None or self._version is None:
            return None
        document, day = kept
        if document.version < self._version or day != self._day:
            return None
        self._kept.move_to_end(address)
        return document

    async def get(self, address: str, make: Callable[[], Awaitable[Content]]) -> Document:
        """Return the document at a canonical address, made anew if the kept one is not fresh.

        Requests for one address wait for one making. What `make` raises is passed on and nothing
        is kept.
        """
        lock = self._locks.setdefault(address, asyncio.Lock())
        async with lock:
            document = self.fresh(address)
            if document is None:
                day = self._day
                content = await make()
                before, _ = self._kept.get(address, (None, day))
                document = await asyncio.to_thread(Document, content, before)
                self._keep(address, document, day)
            return document

    def _keep(self, address: str, document: Document, day: date) -> None:
        self._drop(address)
        self._kept[address] = document, day
        self.size += document.size + _SLACK
        while self.size > self._capacity:
            self._drop(next(iter(self._kept)))

    def _drop(self, address: str) -> None:
        kept = self._kept.pop(address, None)
        if kept is not None:
            self.size -= kept[0].size + _SLACK


def address_of(scope: Scope) -> str:
    """Return the address that a request asks for, below the site's root."""
    path: str = scope["path"]
    query: bytes = scope["query_string"]
    return f"{path}?{query.decode('latin-1')}" if query else path
