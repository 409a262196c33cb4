"""How a query was read: what was typed, part by part, with what each part stands for.

The parser builds it, `canonical` brings it into order and writes it down, `describe` shows it, and
`meaning` turns it into the tree that is searched for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from domain.model import Kind
from domain.query import dates
from domain.query.names import Field, Named
from domain.query.smallwords import SMALL_WORDS
from domain.query.tree import (
    Age,
    And,
    CountryIs,
    KindIs,
    LangIs,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    PublishedIn,
    SourceIs,
    TopicIs,
    Word,
)
from domain.text import variants
from domain.thesaurus import Alike


class Sort(IntEnum):
    """What a part is, in canonical order."""

    FIELD = 0
    SPAN = 1
    """A date or an age."""
    NAME = 2
    """Plain words that name a topic or country: it, or the words in the text."""
    WORD = 3
    PHRASE = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was asked for."""

    sort: Sort
    text: str
    """Canonical and unquoted: `kind:event`, `after:2020`, `south africa`, `abuja`."""
    means: Leaf | Or
    named: tuple[Field, str] | None = None
    """The field and canonical value that a field or name stands for."""


@dataclass(frozen=True, slots=True)
class All:
    """Every one of several."""

    parts: tuple["Reading", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several."""

    parts: tuple["Reading", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: "Reading"


Reading: TypeAlias = Part | All | Either | Without


def word(typed: Sequence[str], alike: Alike | None = None) -> Part:
    """Return what was typed as one word or expression, with what means the same.

    Several words follow each other (`anti-trafficking`).
    """
    text = " ".join(typed)
    own = variants(text)
    sequences = tuple(dict.fromkeys((*own, *(alike.sequences if alike else ()))))
    count = len(own) if len(sequences) > len(own) else None
    if len(typed) == 1:
        return Part(Sort.WORD, text, Word(text, sequences, count))
    sort = Sort.WORD if alike else Sort.PHRASE
    return Part(sort, text, Phrase(text, sequences, count))


def field(named: Named) -> Part:
    """Return a field's part."""
    text = f"{named.field}:{named.value}"
    return Part(Sort.FIELD, text, _filter(named), (named.field, named.value))


def span(published: PublishedIn) -> Part:
    """Return the part of a span of days."""
    return Part(Sort.SPAN, dates.written(published), published)


def age(days: int) -> Part:
    """Return the part of an age."""
    return Part(Sort.SPAN, f"last:{days}d", Age(days))


def name(named: Named, typed: Sequence[str], alike: Alike | None) -> Part:
    """Return the part of plain words that name something: it, or the words in a text."""
    means = Or((_filter(named), *_in_text(named, typed, alike)))
    return Part(Sort.NAME, " ".join(typed), means, (named.field, named.value))


def meaning(reading: Reading) -> Node:
    """Return the tree that is searched for."""
    match reading:
        case Part(means=means):
            return means
        case All(parts=parts):
            return And(tuple(meaning(part) for part in parts))
        case Either(parts=parts):
            return Or(tuple(meaning(part) for part in parts))
        case Without(part=part):
            return Not(meaning(part))


def _in_text(named: Named, typed: Sequence[str], alike: Alike | None) -> tuple[Node, ...]:
    """Return the ways in which a name stands in a text.

    A topic's words may be anywhere, and small ones do not count; others follow each other.
    """
    if len(typed) == 1 or named.field is not Field.TOPIC:
        return (word(typed, alike).means,)
    telling = dict.fromkeys(one for one in typed if one not in SMALL_WORDS)
    parts = tuple(word([one]).means for one in telling or typed)
    anywhere = parts[0] if len(parts) == 1 else And(parts)
    return (anywhere, Phrase(" ".join(typed), alike.sequences, 0)) if alike else (anywhere,)


def _filter(named: Named) -> Leaf:
    match named.field:
        case Field.TOPIC:
            return TopicIs(named.value)
        case Field.KIND:
            return KindIs(Kind(named.value))
        case Field.LANG:
            return LangIs(named.value)
        case Field.COUNTRY:
            return CountryIs(named.values)
        case Field.SOURCE:
            return SourceIs(named.value)
