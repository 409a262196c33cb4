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
        self._groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        self._longest = 0
        for number, group in enumerate(groups):
            keyed = [
                (rules_for(lang), tuple(analyse(term, lang)))
                for lang, terms in group.items()
                for term in terms
            ]
            self._sequences.append(tuple(dict.fromkeys(terms for _, terms in keyed)))
            for key in dict.fromkeys(keyed):
                self._groups.setdefault(key, []).append(number)
                self._longest = max(self._longest, len(key[1]))

    def longest(self, typed: Sequence[str]) -> Alike | None:
        """Return the longest term at the start of these folded words; None where none is known."""
        for length in range(min(self._longest, len(typed)), 0, -1):
            text = " ".join(typed[:length])
            keys = dict.fromkeys((rules, tuple(analyse(text, rules))) for rules in _TYPED_RULES)
            groups = dict.fromkeys(group for key in keys for group in self._groups.get(key, ()))
            if groups:
                sequences = (terms for group in groups for terms in self._sequences[group])
                return Alike(length, tuple(dict.fromkeys(sequences)))
        return None


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
