"""The documents kept in memory, so that an unchanged one is answered without the database."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakValueDictionary

from starlette.types import Scope

from domain.matching import ItemTerms, item_terms
from domain.model import Item
from feeds.web.document import Content, Document
from storage.changes import News

CAPACITY = 64 * 1024 * 1024
"""How many bytes of documents are kept, plain and packed together."""
REMEMBERED = 200
"""So many new items are remembered; a document that has missed more is made anew."""

_SLACK = 4096
"""What a kept document costs beside its bytes: headers, address, bookkeeping."""


@dataclass(slots=True)
class _Kept:
    """A document, and until when it is known to be true."""

    document: Document
    version: int
    day: date
    is_touched_by: Callable[[Item, ItemTerms], bool] | None


@dataclass(frozen=True, slots=True)
class _Addition:
    """An item that came with a version of the store."""

    version: int
    item: Item
    terms: ItemTerms


class Documents:
    """The documents by canonical address, those not asked for longest dropped first.

    A document is fresh while nothing that it could show has changed in the store since it was read
    from there, and the day (UTC) has not either, for queries may speak of days. Until the store
    was observed for the first time nothing is fresh. Used from one event loop.
    """

    def __init__(self, clock: Callable[[], datetime], *, capacity: int = CAPACITY):
        self._clock = clock
        self._capacity = capacity
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._added: deque[_Addition] = deque()
        self._complete_from = 0
        self._day = clock().date()
        self.version: int | None = None
        """The store's version, as last observed."""
        self.size = 0
        """Bytes kept."""

    def observe(self, news: News) -> None:
        """Take note of what has happened in the store, and of the day; call it twice a second."""
        if news.added is None and news.version != self.version:
            self._added.clear()
            self._complete_from = news.version
        for version, item in news.added or ():
            self._added.append(_Addition(version, item, item_terms(item)))
        while len(self._added) > REMEMBERED:
            self._complete_from = self._added.popleft().version
        self.version = news.version
        self._day = self._clock().date()

    def fresh(self, address: str) -> Document | None:
        """Return the document at an address if it is kept and fresh. Touches no database."""
        kept = self._kept.get(address)
        if kept is None or not self._is_fresh(kept):
            return None
        self._kept.move_to_end(address)
        return kept.document

    def stale(self, prefix: str) -> list[str]:
        """Return the addresses with a prefix whose documents are kept and fresh no more.

        Takes time in proportion to how many are kept.
        """
        return [
            address
            for address, kept in self._kept.items()
            if address.startswith(prefix) and not self._is_fresh(kept)
        ]

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
                before = self._kept.get(address)
                document = await asyncio.to_thread(
                    Document, content, before.document if before else None
                )
                self._keep(address, _Kept(document, content.version, day, content.is_touched_by))
            return document

    def _is_fresh(self, kept: _Kept) -> bool:
        if self.version is None or kept.day != self._day:
            return False
        if kept.version < self.version:
            if self._is_touched(kept):
                return False
            kept.version = self.version
        return True

    def _is_touched(self, kept: _Kept) -> bool:
        """Say whether something that the document could show has changed since it was read."""
        if kept.version < self._complete_from or kept.is_touched_by is None:
            return True
        return any(
            kept.is_touched_by(added.item, added.terms)
            for added in self._added
            if added.version > kept.version
        )

    def _keep(self, address: str, kept: _Kept) -> None:
        self._drop(address)
        self._kept[address] = kept
        self.size += kept.document.size + _SLACK
        while self.size > self._capacity:
            self._drop(next(iter(self._kept)))

    def _drop(self, address: str) -> None:
        kept = self._kept.pop(address, None)
        if kept is not None:
            self.size -= kept.document.size + _SLACK


def address_of(scope: Scope) -> str:
    """Return the address that a request asks for, below the site's root."""
    path: str = scope["path"]
    query: bytes = scope["query_string"]
    return f"{path}?{query.decode('latin-1')}" if query else path
