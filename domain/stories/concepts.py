"""The thesaurus by which texts in different languages and wordings are compared."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import TaxonomyError
from domain.phrases import Found, PhraseIndex, outermost
from domain.text import analyse
from domain.text.stems import LANGUAGES


class Group(StrEnum):
    """What a meaning is good for."""

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
class Concept:
    """A meaning, which several words in each language have."""

    group: Group
    name: str
    words: Mapping[str, tuple[str, ...]]
    """Words and phrases by language."""


@dataclass
class Concepts:
    """All meanings that are known. Each language's words are looked up when it is first met."""

    concepts: Sequence[Concept] = ()
    _indexes: dict[str, PhraseIndex[Concept]] = field(default_factory=dict, init=False)

    def find(self, terms: Sequence[str], lang: str) -> list[Found[Concept]]:
        """Return the meanings in the index terms of a text, longer phrases over shorter ones."""
        return outermost(self._index(lang if lang in LANGUAGES else "en").find(terms))

    def _index(self, lang: str) -> PhraseIndex[Concept]:
        if lang not in self._indexes:
            index: PhraseIndex[Concept] = PhraseIndex()
            for concept in self.concepts:
                for phrase in concept.words[lang]:
                    index.add(analyse(phrase, lang), concept)
            self._indexes[lang] = index
        return self._indexes[lang]


def load_concepts(text: str) -> Concepts:
    """Read a thesaurus from TOML; raises `TaxonomyError` that names the entry that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"concepts: {' '.join(str(error).split())}") from error
    found: list[Concept] = []
    for group, entries in data.items():
        if group not in set(Group):
            raise TaxonomyError(f"concepts: unknown entry {group}")
        if not isinstance(entries, dict):
            raise TaxonomyError(f"concepts {group}: must be a table")
        found += [_concept(Group(group), name, words) for name, words in entries.items()]
    return Concepts(found)


def _concept(group: Group, name: str, words: object) -> Concept:
    if group is Group.NUMBER and not name.isdecimal():
        raise TaxonomyError(f"concepts {group.value}.{name}: must be a whole number")
    columns = words.split("|") if isinstance(words, str) else []
    if len(columns) != len(LANGUAGES):
        raise TaxonomyError(f"concepts {group.value}.{name}: must have six columns, split by |")
    spoken = {
        lang: tuple(word for word in map(str.strip, column.split(",")) if word)
        for lang, column in zip(LANGUAGES, columns, strict=True)
    }
    return Concept(group, name, spoken)
