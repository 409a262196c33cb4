"""What a query asks for, as a tree of frozen values.

`domain.matching.matches` defines what each node means for an item; the databases must agree with
it. Two queries that are written differently and mean the same by rule have equal trees.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from domain.model import Kind


@dataclass(frozen=True, slots=True)
class Everything:
    """Any item."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, in any of its forms: one of `sequences` stands in the title, body or caption.

    A sequence is consecutive index terms; it is longer than one for scripts without spaces. The
    first `own` of them are forms of the word itself (None: all), the others what means the same.
    """

    text: str
    sequences: tuple[tuple[str, ...], ...]
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other: one of `sequences` stands in the title, body or caption.

    As with a word, what comes after the first `own` sequences means the same.
    """

    text: str
    sequences: tuple[tuple[str, ...], ...]
    own: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but what the part matches."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class TopicIs:
    """The item has this topic."""

    slug: str


@dataclass(frozen=True, slots=True)
class KindIs:
    """The item is of this kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class LangIs:
    """The item is in this language (ISO 639-1, or `und`)."""

    code: str


@dataclass(frozen=True, slots=True)
class CountryIs:
    """The item happens in at least one of these countries (ISO 3166-1 alpha-2, upper case)."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceIs:
    """The item came from this source."""

    slug: str


@dataclass(frozen=True, slots=True)
class PublishedIn:
    """The item's day of publication (UTC) is `first` or later, and before `after_last`.

    `None` leaves that end open; not both ends are.
    """

    first: date | None
    after_last: date | None


@dataclass(frozen=True, slots=True)
class Age:
    """The item's day of publication (UTC) is at most so many days before today (UTC)."""

    days: int


Leaf: TypeAlias = (
    Word | Phrase | TopicIs | KindIs | LangIs | CountryIs | SourceIs | PublishedIn | Age
)
Node: TypeAlias = Everything | And | Or | Not | Leaf
