"""Words that mean the same or nearly so, in several languages, so that a query reaches all of them.

Read from one TOML file, whose format is explained at its head; see `seeds/thesaurus.toml`. A word
is looked up by its stem in the language of the group's word, so `information` does not stand for
the Spanish `informe`, although English rules would stem both alike.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import TaxonomyError
from domain.taxonomy import read_languages, read_phrases
from domain.text import analyse
from domain.text.stems import rules_for

Group = Mapping[str, tuple[str, ...]]
"""Language → words and phrases."""

_Key = tuple[str, tuple[str, ...]]
"""Rules of stemming and index terms."""

_TYPED_RULES = ("en", "fr", "es")
"""A typed word can be in a language of any of these rules; other scripts are alike in all."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What typed words share a group with."""

    length: int
    """How many typed words the term took."""
    sequences: tuple[tuple[str, ...], ...]
    """The index terms of all in the group, in the order of the file."""


class Thesaurus:
    """Groups of words, found by any of theirs."""

    def __init__(self, groups: Sequence[Group] = ()) -> None:
        self._sequences: list[tuple[tuple[str, ...], ...]] = []
        self._groups: dict[_Key, list[int]] = {}
        self._starts: set[_Key] = set()
        for number, group in enumerate(groups):
            keyed = [
                (rules_for(lang), tuple(analyse(term, lang)))
                for lang, terms in group.items()
                for term in terms
            ]
            self._sequences.append(tuple(dict.fromkeys(terms for _, terms in keyed)))
            for key in dict.fromkeys(keyed):
                self._groups.setdefault(key, []).append(number)
                self._starts.update((key[0], key[1][:end]) for end in range(1, len(key[1]) + 1))

    def longest(self, typed: Sequence[str]) -> Alike | None:
        """Return the longest term at the start of these folded words; None where none is known."""
        best = 0
        groups: list[int] = []
        for rules in _TYPED_RULES:
            terms: tuple[str, ...] = ()
            for length, word in enumerate(typed, 1):
                terms += tuple(analyse(word, rules))
                if (rules, terms) not in self._starts:
                    break
                found = self._groups.get((rules, terms), [])
                if found and length > best:
                    best, groups = length, []
                if length == best:
                    groups += found
        sequences = (terms for group in dict.fromkeys(groups) for terms in self._sequences[group])
        return Alike(best, tuple(dict.fromkeys(sequences))) if best else None


def load_thesaurus(text: str) -> Thesaurus:
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
    return Thesaurus([_group(entry, f"group number {at}") for at, entry in enumerate(entries, 1)])


def _group(entry: object, where: str) -> Group:
    spoken = read_languages(entry, where)
    group = {lang: read_phrases(listed, f"{where}, {lang}") for lang, listed in spoken.items()}
    if sum(len(terms) for terms in group.values()) < 2:
        raise TaxonomyError(f"{where}: has not two words to stand for each other")
    return group
