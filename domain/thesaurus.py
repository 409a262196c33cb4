"""Words that mean the same or nearly so, in several languages, so that a query reaches all of them.

Read from one TOML file, whose format is explained at its head; see `seeds/thesaurus.toml`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import TaxonomyError
from domain.taxonomy import read_languages, read_phrases
from domain.termindex import TermIndex
from domain.text import fold, words

Group = Mapping[str, tuple[str, ...]]
"""Language → words and phrases."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What typed words share a group with."""

    length: int
    """How many typed words the term took."""
    sequences: tuple[tuple[str, ...], ...]
    """The index terms of all in the group, in the order of the file, that tell it apart."""


class Thesaurus:
    """Groups of words, found by any of theirs."""

    def __init__(self, groups: Sequence[Group] = ()) -> None:
        self._groups: list[tuple[tuple[str, ...], ...]] = []
        self._index: TermIndex[int] = TermIndex()
        for number, group in enumerate(groups):
            sequences = [
                self._index.add(term, lang, number)
                for lang, terms in group.items()
                for term in terms
            ]
            self._groups.append(_shortest(sequences))
        self.words = frozenset(
            word
            for group in groups
            for terms in group.values()
            for term in terms
            for word in words(fold(term))
        )
        """All words of all terms, folded."""

    def longest(self, typed: Sequence[str]) -> Alike | None:
        """Return the longest term at the start of these folded words; None where none is known."""
        length, groups = self._index.longest(typed)
        sequences = (terms for group in groups for terms in self._groups[group])
        return Alike(length, tuple(dict.fromkeys(sequences))) if length else None


def _shortest(sequences: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Leave out each sequence that has another one within: where it stands, that one stands."""
    padded = {terms: f" {' '.join(terms)} " for terms in sequences}
    return tuple(
        terms
        for terms, text in padded.items()
        if not any(other in text and other != text for other in padded.values())
    )


def load_groups(text: str) -> list[Group]:
    """Read a thesaurus file; raises `TaxonomyError` that names the entry."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"thesaurus: {' '.join(str(error).split())}") from error
    unknown = sorted(data.keys() - {"group"})
    if unknown:
        raise TaxonomyError(f"thesaurus: unknown entry {unknown[0]}")
    entries = data.get("group", [])
    if not isinstance(entries, list):
        raise TaxonomyError("thesaurus: group must be [[group]]")
    return [_group(entry, f"group number {at}") for at, entry in enumerate(entries, 1)]


def _group(entry: object, where: str) -> Group:
    spoken = read_languages(entry, where)
    group = {lang: read_phrases(listed, f"{where}, {lang}") for lang, listed in spoken.items()}
    if sum(len(terms) for terms in group.values()) < 2:
        raise TaxonomyError(f"{where}: has not two words to stand for each other")
    return group
