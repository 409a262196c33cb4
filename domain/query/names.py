"""Names that stand for topics, countries, kinds, languages and sources in a query.

The parser asks a `Names`; `NameIndex` is the one there is, filled from the taxonomy and the places
by `domain.vocabulary`. It starts with the kinds and languages, which are Topicwire's own.

Names are compared as folded words, Cyrillic and Arabic ones by their stems too, so that a case form
(`в Нигерии`) is found where the base form was added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol

from domain.query.lexicon import (
    KIND_NAMES,
    LANGUAGE_FORMS,
    LANGUAGE_NAMES,
    OTHER_LANGUAGES,
    PLAIN_KIND_NAMES,
)
from domain.query.months import MONTH_NAMES
from domain.query.namekeys import name_key
from domain.spelling import MOST_ERRORS, is_correctable, keys
from domain.termindex import TermIndex
from domain.text import clean, fold, words
from domain.thesaurus import Alike, Thesaurus

_LONGEST_GUESSED = 60
_SHORTEST_GUESSED = 4
_LIKENESS = 0.75
_SLUG_SIGNS = frozenset("-._")


class Field(StrEnum):
    """The fields of the query language whose values have names."""

    TOPIC = "topic"
    KIND = "kind"
    LANG = "lang"
    COUNTRY = "country"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for."""

    field: Field
    value: str
    """Canonical value of the field: a slug, a language code, a country code in lower case."""
    values: frozenset[str]
    """What items carry: the slug or code itself, a region's country codes (upper case)."""
    length: int
    """How many words a plain name took."""


class Names(Protocol):
    """What the parser and `describe` need to know of names."""

    def longest(self, typed: Sequence[str]) -> Named | None:
        """Return what the longest name at the start of these folded words stands for."""

    def alike(self, typed: Sequence[str]) -> Alike | None:
        """Return what means the same as the longest term at the start of these folded words."""

    def spelt_like(self, word: str) -> Iterable[str]:
        """Return known words that are spelt somewhat like a folded word."""

    def value(self, field: Field, text: str) -> Named | None:
        """Return what a field's value, a code, slug or name, stands for."""

    def nearest(self, field: Field, text: str) -> str | None:
        """Return a valid value of the field that is written much like `text`."""

    def label(self, field: Field, value: str, lang: str) -> str:
        """Return what people call a canonical value in `lang`."""


class NameIndex:
    """Names by their words, and the words that stand for each other."""

    def __init__(self, thesaurus: Thesaurus | None = None) -> None:
        self._thesaurus = thesaurus or Thesaurus()
        self._plain: dict[tuple[str, ...], Named] = {}
        self._inflected: TermIndex[tuple[Field, str]] = TermIndex()
        self._values: dict[Field, dict[tuple[str, ...], Named]] = {field: {} for field in Field}
        self._written: dict[Field, dict[str, str]] = {field: {} for field in Field}
        self._labels: dict[tuple[Field, str], Mapping[str, str]] = {}
        self._correctable: dict[str, set[str]] = {}
        """Words of names by their first letter."""
        self._longest = 1
        self._add_correctable(MONTH_NAMES)
        self._add_correctable(self._thesaurus.words)
        for kind, names in KIND_NAMES.items():
            self.add(Field.KIND, kind, PLAIN_KIND_NAMES[kind], labels=names)
            self.add(Field.KIND, kind, names.values(), plain=False)
        for code, names in LANGUAGE_NAMES.items():
            forms = [*names.values(), *LANGUAGE_FORMS[code]]
            self.add(Field.LANG, code, forms, plain=False, labels=names)
        for code in OTHER_LANGUAGES:
            self.add(Field.LANG, code, plain=False)

    def add(
        self,
        field: Field,
        value: str,
        names: Iterable[str] = (),
        *,
        values: Iterable[str] | None = None,
        plain: bool = True,
        lang: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Let `value` and each of `names` stand for `values` (by default `value` alone).

        `names` count in plain words too, unless `plain` is false, and in all forms where `lang`
        tells their language; `value` counts in fields. Of two things with one name the first
        that was added has it. `labels` are what people call the value, by language; English
        stands in for what is missing.
        """
        carried = frozenset((value,) if values is None else values)
        self._add_value(Named(field, value, carried, 1), value)
        for name in names:
            key = name_key(words(fold(name)))
            if not key:
                continue
            named = Named(field, value, carried, len(key))
            self._add_value(named, name)
            if plain:
                self._plain.setdefault(key, named)
                self._longest = max(self._longest, len(key))
                if lang is not None:
                    self._inflected.add(name, lang, (field, value))
        if labels:
            self._labels[field, value] = labels

    def call(self, field: Field, names: Mapping[str, str]) -> None:
        """Let people call values so from now on, in every language that has no name for them."""
        for value, name in names.items():
            line = " ".join(clean(name).split())
            self._labels[field, value] = {**self._labels.get((field, value), {}), "en": line}

    def _add_correctable(self, known: Iterable[str]) -> None:
        for word in known:
            if is_correctable(word):
                self._correctable.setdefault(word[0], set()).add(word)

    def _add_value(self, named: Named, name: str) -> None:
        typed = words(fold(name))
        self._add_correctable(typed)
        self._values[named.field].setdefault(name_key(typed), named)
        self._written[named.field].setdefault(fold(name), name)
        for word in typed:
            if len(word) >= _SHORTEST_GUESSED:
                self._written[named.field].setdefault(word, name)

    def longest(self, typed: Sequence[str]) -> Named | None:
        """See `Names`."""
        key = name_key(typed[: self._longest])
        inflected, values = self._inflected.longest(typed)
        for length in range(len(key), inflected - 1, -1):
            named = self._plain.get(key[:length]) if length else None
            if named is not None:
                return named
        if not values:
            return None
        field, value = values[0]
        return replace(self._values[field][name_key(words(value))], length=inflected)

    def alike(self, typed: Sequence[str]) -> Alike | None:
        """See `Names`."""
        return self._thesaurus.longest(typed)

    def spelt_like(self, word: str) -> Iterable[str]:
        """See `Names`. The first letter is right, or exchanged with the second."""
        wanted = keys(word)
        begun_alike = (self._correctable.get(letter, ()) for letter in set(word[:2]))
        return [
            one
            for known in begun_alike
            for one in known
            if abs(len(one) - len(word)) <= MOST_ERRORS and not wanted.isdisjoint(keys(one))
        ]

    def value(self, field: Field, text: str) -> Named | None:
        """See `Names`. A source's slug is taken as it is: sources come and go."""
        folded = fold(text).strip()
        named = self._values[field].get(name_key(words(folded)))
        if named is None and field is Field.SOURCE and _is_slug(folded):
            return Named(field, folded, frozenset((folded,)), 1)
        return named

    def nearest(self, field: Field, text: str) -> str | None:
        """See `Names`."""
        written = self._written[field]
        typed = fold(text).strip()[:_LONGEST_GUESSED]
        close = get_close_matches(typed, written, n=1, cutoff=_LIKENESS)
        return written[close[0]] if close else None

    def label(self, field: Field, value: str, lang: str) -> str:
        """See `Names`."""
        labels = self._labels.get((field, value), {})
        return labels.get(lang) or labels.get("en") or value


def _is_slug(text: str) -> bool:
    return (
        text.isascii()
        and any(character.isalnum() for character in text)
        and all(character.isalnum() or character in _SLUG_SIGNS for character in text)
    )
