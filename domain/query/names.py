"""Names that stand for topics, countries, kinds, languages and sources in a query.

The parser asks a `Names`; `NameIndex` is the one there is, filled from the taxonomy and the places
by `domain.vocabulary`. It starts with the kinds and languages, which are Topicwire's own.

Names are compared as folded words, Cyrillic and Arabic ones by their stems too, so that a case form
(`в Нигерии`) is found where the base form was added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol

from domain.query.lexicon import KIND_NAMES, LANGUAGE_NAMES, OTHER_LANGUAGES, PLAIN_KIND_NAMES
from domain.text import fold, words
from domain.text.stems import stem

_LONGEST_GUESSED = 60
_LIKENESS = 0.7
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
    """How many words the name took."""


class Names(Protocol):
    """What the parser and `describe` need to know of names."""

    def longest(self, typed: Sequence[str]) -> Named | None:
        """Return what the longest name at the start of these folded words stands for."""

    def value(self, field: Field, text: str) -> Named | None:
        """Return what a field's value, a code, slug or name, stands for."""

    def nearest(self, field: Field, text: str) -> str | None:
        """Return a valid value of the field that is written much like `text`."""

    def label(self, field: Field, value: str, lang: str) -> str:
        """Return what people call a canonical value in `lang`."""


class NameIndex:
    """Names by their words."""

    def __init__(self) -> None:
        self._plain: dict[tuple[str, ...], Named] = {}
        self._values: dict[Field, dict[tuple[str, ...], Named]] = {field: {} for field in Field}
        self._written: dict[Field, dict[str, str]] = {field: {} for field in Field}
        self._labels: dict[tuple[Field, str], Mapping[str, str]] = {}
        self._longest = 1
        for kind, names in KIND_NAMES.items():
            self.add(Field.KIND, kind, PLAIN_KIND_NAMES[kind], labels=names)
            self.add(Field.KIND, kind, names.values(), plain=False)
        for code, names in LANGUAGE_NAMES.items():
            self.add(Field.LANG, code, [*names.values()], plain=False, labels=names)
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
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Let `value` and each of `names` stand for `values` (by default `value` alone).

        `plain` names count in plain words too, not in fields alone; `value` itself, a code or
        slug, does not. Of two things with one name the first that was added has it. `labels` are
        what people call the value, by language; English stands in for what is missing.
        """
        carried = frozenset((value,) if values is None else values)
        for name in (value, *names):
            key = _key(words(fold(name)))
            if not key:
                continue
            named = Named(field, value, carried, len(key))
            self._values[field].setdefault(key, named)
            self._written[field].setdefault(fold(name), name)
            if plain and name != value:
                self._plain.setdefault(key, named)
                self._longest = max(self._longest, len(key))
        if labels:
            self._labels[field, value] = labels

    def longest(self, typed: Sequence[str]) -> Named | None:
        """See `Names`."""
        key = _key(typed[: self._longest])
        for length in range(len(key), 0, -1):
            named = self._plain.get(key[:length])
            if named is not None:
                return named
        return None

    def value(self, field: Field, text: str) -> Named | None:
        """See `Names`. A source's slug is taken as it is: sources come and go."""
        folded = fold(text).strip()
        key = _key(words(folded))
        named = self._values[field].get(key)
        if named is None and field is Field.SOURCE and _is_slug(folded):
            return Named(field, folded, frozenset((folded,)), len(key))
        return named

    def nearest(self, field: Field, text: str) -> str | None:
        """See `Names`."""
        written = self._written[field]
        close = get_close_matches(fold(text)[:_LONGEST_GUESSED], written, n=1, cutoff=_LIKENESS)
        return written[close[0]] if close else None

    def label(self, field: Field, value: str, lang: str) -> str:
        """See `Names`."""
        labels = self._labels.get((field, value), {})
        return labels.get(lang) or labels.get("en") or value


def _key(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the words with Cyrillic and Arabic ones stemmed; Latin ones stay as they are."""
    return tuple(word if word.isascii() else stem(word, "en") for word in typed)


def _is_slug(text: str) -> bool:
    return (
        text.isascii()
        and any(character.isalnum() for character in text)
        and all(character.isalnum() or character in _SLUG_SIGNS for character in text)
    )
