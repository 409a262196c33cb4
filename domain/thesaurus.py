"""Words that mean the same or nearly so, so that a query reaches all of them in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
