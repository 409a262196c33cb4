"""Rendered entries, kept so that an item is rendered once a version and format."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock

from domain.model import Item

CAPACITY = 32 * 1024 * 1024
"""How many bytes of entries are kept."""
_SLACK = 400
"""What a kept entry costs beside its bytes."""

RenderEntries = Callable[[Sequence[Item]], list[bytes]]
_Key = tuple[str, str, datetime]


class Fragments:
    """Entries by format and version of the item, those not asked for longest dropped first.

    Every change of an item moves its `updated`, so that an entry is never out of date. Can be used
    from several threads.
    """

    def __init__(self, capacity: int = CAPACITY):
        self._capacity = capacity
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._lock = Lock()
        self.size = 0
        """Bytes kept."""

    def of(self, extension: str, items: Sequence[Item], render: RenderEntries) -> list[bytes]:
        """Return the items' entries in their order; `render` makes those that are not kept."""
        keys = [(extension, item.slug, item.updated) for item in items]
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        missing = {key: item for key, item in zip(keys, items, strict=True) if key not in found}
        made = dict(zip(missing, render(list(missing.values())), strict=True)) if missing else {}
        self._keep(made)
        return [found.get(key) or made[key] for key in keys]

    def _keep(self, made: dict[_Key, bytes]) -> None:
        with self._lock:
            for key, entry in made.items():
                self.size += len(entry) + _SLACK - self._size(self._kept.pop(key, None))
                self._kept[key] = entry
            while self.size > self._capacity:
                self.size -= self._size(self._kept.popitem(last=False)[1])

    @staticmethod
    def _size(entry: bytes | None) -> int:
        return 0 if entry is None else len(entry) + _SLACK
