"""Which version of a story a reader is shown."""

from collections.abc import Callable, Sequence
from typing import TypeVar

DEFAULT_LANGUAGE = "en"
"""Preferred where the reader's own language is not known, or no version is in it."""

Version = TypeVar("Version")


def best_first(
    versions: Sequence[Version], language_of: Callable[[Version], str], reader: str | None
) -> list[Version]:
    """Return versions with those in the reader's language first, then those in English.

    Within a language they stay in the order in which they are given.
    """
    wanted = (reader, DEFAULT_LANGUAGE)
    return sorted(
        versions,
        key=lambda version: next(
            (rank for rank, lang in enumerate(wanted) if language_of(version) == lang), len(wanted)
        ),
    )
