"""Under what an item is filed, so that its story is found without looking at every item.

Two versions of a story nearly always share one of these: a title, a large number, a telling word
or name, or two of the meanings in their titles or texts. None of it depends on the language.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import combinations, islice

from domain.stories.compare import same_title_mark
from domain.stories.sounds import sound
from domain.stories.traits import Traits

MOST = 20
"""An item has at most so many keys."""

_TELLING = 2.0
_PAIRED = 1.0
_PAIRED_MARKS = 6
_NAMES = 4
_LONG_SOUND = 4


def story_keys(traits: Traits) -> list[int]:
    """Return an item's keys, each a whole number under 2^63, the surest first."""
    return [_hashed(name) for name in islice(dict.fromkeys(_names(traits)), MOST)]


def _names(traits: Traits) -> Iterator[str]:
    title = same_title_mark(traits)
    if title:
        yield title
    marks = sorted(traits.marks.items(), key=lambda mark: (-mark[1], mark[0]))
    numbers = [mark for mark, weight in marks if mark.startswith("number:") and weight > _TELLING]
    telling = [mark for mark, weight in marks if weight == _TELLING]
    yield from numbers[: MOST // 4]
    yield from telling[: MOST // 4]
    heard = sorted({sound(name) for name in traits.names}, key=lambda one: (-len(one), one))
    yield from (f"name:{one}" for one in heard[:_NAMES] if len(one) >= _LONG_SOUND)
    paired = [mark for mark, weight in marks if weight >= _PAIRED]
    titled = [mark for mark in paired if mark in traits.heading.marks]
    for found in (titled, paired):
        for pair in combinations(sorted(found[:_PAIRED_MARKS]), 2):
            yield "+".join(pair)


def _hashed(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big") >> 1
