"""What words of several languages have in common: read from one file, used by queries and stories.

The file's format is explained at its head; see `seeds/thesaurus.toml`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import TaxonomyError
from domain.taxonomy import read_languages, read_phrases

_STORIES = "stories"
_KEYS = frozenset(("name", "worth", "only"))


class Worth(StrEnum):
    """What it says of two items that they share a meaning."""

    COMMON = "common"
    """Most items on our topics have it."""
    SUBJECT = "subject"
    """What most items are about, and no two versions of a story differ in."""
    WHO = "who"
    """People whom a story is about."""
    PLAIN = "plain"
    """A word of news."""
    TELLING = "telling"
    """Few items have it."""
    NUMBER = "number"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning, which several words in each language have."""

    name: str
    """Several meanings of one name are one where stories are compared."""
    worth: Worth
    words: Mapping[str, tuple[str, ...]]
    """Words and phrases by language."""
    asked: bool = True
    """Whether its words stand for each other in queries."""


def load_meanings(text: str) -> tuple[Meaning, ...]:
    """Read a thesaurus file; raises `TaxonomyError` that names the entry."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"thesaurus: {' '.join(str(error).split())}") from error
    unknown = sorted(data.keys() - {"meaning"})
    if unknown:
        raise TaxonomyError(f"thesaurus: unknown entry {unknown[0]}")
    entries = data.get("meaning", [])
    if not isinstance(entries, list):
        raise TaxonomyError("thesaurus: meaning must be [[meaning]]")
    found = tuple(_meaning(entry, f"meaning number {at}") for at, entry in enumerate(entries, 1))
    worths: dict[str, Worth] = {}
    for meaning in found:
        counts = meaning.worth in (Worth.NUMBER, Worth.ORDINAL)
        if not counts and worths.setdefault(meaning.name, meaning.worth) is not meaning.worth:
            raise TaxonomyError(f"meaning {meaning.name}: has two worths")
    return found


def _meaning(entry: object, where: str) -> Meaning:
    if not isinstance(entry, dict):
        raise TaxonomyError(f"{where}: must be a table")
    name, worth, only = entry.get("name"), entry.get("worth"), entry.get("only", "")
    if not isinstance(name, str) or not name:
        raise TaxonomyError(f"{where}: name must be a text")
    where = f"meaning {name}"
    if worth not in set(Worth):
        raise TaxonomyError(f"{where}: worth must be one of {', '.join(Worth)}")
    if worth == Worth.NUMBER and not name.isdecimal():
        raise TaxonomyError(f"{where}: must be a whole number")
    if only not in ("", _STORIES):
        raise TaxonomyError(f"{where}: only must be {_STORIES}")
    spoken = read_languages({k: v for k, v in entry.items() if k not in _KEYS}, where)
    words = {lang: read_phrases(listed, f"{where}, {lang}") for lang, listed in spoken.items()}
    if not only and sum(map(len, words.values())) < 2:
        raise TaxonomyError(f"{where}: has not two words to stand for each other")
    return Meaning(name, Worth(worth), words, not only)


def asked(meanings: Sequence[Meaning]) -> list[Mapping[str, tuple[str, ...]]]:
    """Return the words that stand for each other in queries, by language."""
    return [meaning.words for meaning in meanings if meaning.asked]
