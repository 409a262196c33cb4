"""Finds the meanings by which texts in different languages and wordings are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.meanings import Meaning
from domain.phrases import Found, PhraseIndex, outermost
from domain.text import analyse
from domain.text.stems import LANGUAGES


@dataclass
class Concepts:
    """All meanings that are known. Each language's words are looked up when it is first met."""

    meanings: Sequence[Meaning] = ()
    _indexes: dict[str, PhraseIndex[Meaning]] = field(default_factory=dict, init=False)

    def find(self, terms: Sequence[str], lang: str) -> list[Found[Meaning]]:
        """Return the meanings in the index terms of a text, longer phrases over shorter ones."""
        return outermost(self._index(lang if lang in LANGUAGES else "en").find(terms))

    def _index(self, lang: str) -> PhraseIndex[Meaning]:
        if lang not in self._indexes:
            index: PhraseIndex[Meaning] = PhraseIndex()
            taken: set[tuple[str, ...]] = set()
            for meaning in self.meanings:
                for phrase in meaning.words.get(lang, ()):
                    terms = tuple(analyse(phrase, lang))
                    if terms not in taken:
                        taken.add(terms)
                        index.add(terms, meaning)
            self._indexes[lang] = index
        return self._indexes[lang]
