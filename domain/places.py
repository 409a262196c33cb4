"""Countries and regions: what they are called, and how texts in each language write them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.text import fold, words
from domain.text.protected import PROTECTED
from domain.text.words import is_unspaced

_ARABIC_BEFORE = "وفبكل"
_ARABIC_ARTICLE = "ال"
_SHORTEST_ARABIC = 3


class Role(StrEnum):
    """What kind of word stands for a place."""

    NAME = "name"
    PEOPLE = "people"
    """An adjective or a word for inhabitants."""
    CITY = "city"
    OTHER = "other"
    """A phrase that looks like a place; it stands for another one, or for none."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country or territory with a code of its own in ISO 3166-1."""

    code: str
    names: Mapping[str, str]
    """What readers see, by language."""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its other names, by language."""


@dataclass(frozen=True, slots=True)
class Region:
    """A name that stands for several countries in queries."""

    slug: str
    countries: frozenset[str]
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which texts write a place."""

    text: str
    """As in the file: `*` at a word's end is an open ending."""
    code: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Around:
    """Words of a language that tell what a place name next to them does in the sentence."""

    where: frozenset[str] = frozenset()
    """Prepositions of place: it happens there."""
    origin: frozenset[str] = frozenset()
    """Prepositions of origin: somebody comes from there."""
    language: frozenset[str] = frozenset()
    """Right after: the language of that name is meant."""
    instrument: frozenset[str] = frozenset()
    """After a place's name: a treaty or process that is called after it."""
    body: frozenset[str] = frozenset()
    """Some words before: an institution of the country."""
    speaking: frozenset[str] = frozenset()
    """Some words before an adjective that no noun follows: languages are listed."""
    person: frozenset[str] = frozenset()
    """Right after: a person from there."""
    donor: frozenset[str] = frozenset()
    """Some words before: who pays."""
    offices: frozenset[str] = frozenset()
    """Some words before: a list of places of business."""
    given: frozenset[str] = frozenset()
    """Given names that stand before, or are, what could be a place."""


@dataclass(frozen=True, slots=True)
class Places:
    """The countries, the regions, and how each language writes of them."""

    countries: Mapping[str, Place]
    regions: Sequence[Region] = ()
    spellings: Mapping[str, Sequence[Spelling]] = field(default_factory=dict)
    around: Mapping[str, Around] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    """Folded names that also are places in another country → that country's code."""

    def __iter__(self) -> Iterator[Place]:
        return iter(self.countries.values())

    def __contains__(self, code: object) -> bool:
        return code in self.countries

    def name(self, code: str, lang: str) -> str:
        """Return what a country is called, in English where `lang` has no name for it."""
        place = self.countries.get(code)
        if place is None:
            return code
        return place.names.get(lang) or place.names.get("en") or code


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A word of a text as place names are compared: unstemmed, and as it was printed."""

    form: str
    printed: str


def place_words(text: str) -> list[PlaceWord]:
    """Return the words of a text; Chinese ones are split into characters.

    Country names come without Russian case endings, Arabic words without article, conjunction and
    preposition, so that a text and a list of names agree.
    """
    found: list[PlaceWord] = []
    for printed in words(text):
        form = fold(printed)
        if is_unspaced(form):
            found += [PlaceWord(sign, sign) for sign in form]
        else:
            found.append(PlaceWord(_base(form), printed))
    return found


def _base(form: str) -> str:
    base = PROTECTED.get(form, form)
    if not "\u0600" <= base[:1] <= "\u06ff":
        return base
    if base == form and form[0] in _ARABIC_BEFORE and len(form) > _SHORTEST_ARABIC + 1:
        rest = form[1:]
        if rest.startswith(_ARABIC_ARTICLE) or rest in PROTECTED:
            base = PROTECTED.get(rest, rest)
        elif form.startswith("لل"):
            base = form[2:]
    bare = base.removeprefix(_ARABIC_ARTICLE)
    return bare if len(bare) >= _SHORTEST_ARABIC else base
