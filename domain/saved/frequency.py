"""How often items have a key, told from a sample of them."""

from collections import Counter
from collections.abc import Iterable

from domain.matching import ItemTerms
from domain.model import Item
from domain.saved.keys import item_keys


class Frequencies:
    """Counts of keys in a sample. What the sample does not have counts as rarest."""

    def __init__(self, sample: Iterable[tuple[Item, ItemTerms]] = ()) -> None:
        self._counts: Counter[str] = Counter()
        for item, terms in sample:
            self._counts.update(item_keys(item, terms))

    def of(self, key: str) -> int:
        """Return a number that grows with how often items have the key, at least 1."""
        return self._counts.get(key, 0) + 1

    def rarest(self, keys: Iterable[str]) -> str:
        """Return the key that fewest items have; of equals the longest, which is rarer."""
        return min(keys, key=lambda key: (self.of(key), -len(key), key))
