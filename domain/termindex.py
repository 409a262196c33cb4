"""Words and expressions found by any of their forms, the longest first.

A term is kept by its stems in its own language, and typed words are tried under the rules of each:
so `information` is not taken for the Spanish `informe`, although English rules stem both alike.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from domain.text import analyse
from domain.text.stems import rules_for

Value = TypeVar("Value")

_Key = tuple[str, tuple[str, ...]]
"""Rules of stemming and index terms."""

_TYPED_RULES = ("en", "fr", "es")
"""A typed word can be in a language of any of these rules; other scripts are alike in all."""


class TermIndex(Generic[Value]):
    """Values by words."""

    def __init__(self) -> None:
        self._values: dict[_Key, list[Value]] = {}
        self._starts: set[_Key] = set()

    def add(self, term: str, lang: str, value: Value) -> tuple[str, ...]:
        """Let a term in `lang` stand for `value`, and return its index terms."""
        rules, terms = rules_for(lang), tuple(analyse(term, lang))
        if terms:
            values = self._values.setdefault((rules, terms), [])
            if value not in values:
                values.append(value)
            self._starts.update((rules, terms[:end]) for end in range(1, len(terms) + 1))
        return terms

    def longest(self, typed: Sequence[str]) -> tuple[int, list[Value]]:
        """Return how many folded words the longest term at their start takes, and its values."""
        best = 0
        values: list[Value] = []
        for rules in _TYPED_RULES:
            terms: tuple[str, ...] = ()
            for length, word in enumerate(typed, 1):
                terms += _terms(word, rules)
                if (rules, terms) not in self._starts:
                    break
                found = self._values.get((rules, terms), [])
                if found and length > best:
                    best, values = length, []
                if length == best:
                    values += (one for one in found if one not in values)
        return best, values


@lru_cache(maxsize=16_384)
def _terms(word: str, rules: str) -> tuple[str, ...]:
    return tuple(analyse(word, rules))
