"""What names are compared by."""

from collections.abc import Iterable

from domain.text.stems import stem


def name_key(typed: Iterable[str]) -> tuple[str, ...]:
    """Return folded words as names have them: Cyrillic and Arabic ones stemmed, others as is."""
    return tuple(stem(word, "en") if "\u0400" <= word < "\u0700" else word for word in typed)
