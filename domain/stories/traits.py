"""What an item is known by when it is compared with others, whatever its language and wording."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from domain.dates import MONTHS, WEEKDAYS
from domain.meanings import Worth
from domain.model import Item
from domain.places import place_words
from domain.query.lexicon import STOP_WORDS
from domain.stories.concepts import Concepts
from domain.stories.figures import Figures, read_figures
from domain.stories.sounds import SHORTEST, sound
from domain.text import analyse, fold, words
from domain.text.words import is_unspaced
from domain.whereabouts import CountryFinder

READ = 1_200
"""How many characters of a body are compared: the news stands there."""

_CONCEPT = {
    Worth.COMMON: 0.25,
    Worth.SUBJECT: 0.25,
    Worth.WHO: 1.0,
    Worth.PLAIN: 1.0,
    Worth.TELLING: 2.0,
}
_COUNTRY = 1.5
_YEAR = 0.75
_DAY = 1.5
_NUMBER = {1: 0.5, 2: 1.5}
"""By digits."""
_LARGE = 2.5
_WORD = 0.8
_NO_COUNT = frozenset(("0", "1"))
"""Languages differ in when they write these: `one in a hundred`."""
_TENS = range(20, 100, 10)
_INSIDE = re.compile(r"(?<=[\w,;:’'\"“«(] )[^\W\d_]{3,}")
"""Words inside a sentence."""
_DAYS = frozenset(fold(name) for name in (*MONTHS, *WEEKDAYS))


@dataclass(frozen=True, slots=True)
class Telling:
    """An item's texts and what is known of it, as far as they tell which story it is."""

    title: str
    body: str
    lang: str
    day: date
    starts: date | None = None
    ends: date | None = None
    countries: frozenset[str] = frozenset()

    @classmethod
    def of(cls, item: Item) -> "Telling":
        """Return what an item tells."""
        return cls(
            title=item.title,
            body=item.body or item.summary,
            lang=item.lang,
            day=item.published.day,
            starts=item.starts,
            ends=item.ends,
            countries=frozenset(item.countries),
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """What a title alone tells."""

    marks: frozenset[str]
    words: frozenset[str]
    """Stems of what is in no thesaurus."""
    about: frozenset[str]
    """Those of the marks that say whom or what it is about."""
    names: frozenset[str]
    """Those of the words that are names; none where the title capitalises most of its words."""
    countries: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[int]
    ordinals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """What tells whether two bodies are the same; the whole of one can be long."""

    length: int
    """In words."""
    digest: bytes
    """Of the words."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of an item."""

    telling: Telling
    heading: Heading
    marks: Mapping[str, float]
    """Meanings, countries, numbers and days of title and body, with what they weigh."""
    words: Mapping[str, float]
    """Stems of what is in no thesaurus, which only count within one language."""
    names: frozenset[str]
    """Folded words that are written with a capital."""
    unknown_names: frozenset[str]
    """Stems of names that are in no thesaurus or list of places."""
    sounds: frozenset[str]
    """What these sound like; in Arabic, which has no capitals, what all words sound like."""
    countries: frozenset[str]
    """All that are named, wherever it happens."""
    numbers: frozenset[str]
    years: frozenset[int]
    body: Body


@dataclass(frozen=True, slots=True)
class _Read:
    """What one text holds."""

    marks: Mapping[str, float]
    words: frozenset[str]
    about: frozenset[str]
    countries: frozenset[str]
    figures: Figures
    numbers: frozenset[str]
    ordinals: frozenset[str]


class TraitReader:
    """Reads traits by one thesaurus and list of places. Pure: no I/O."""

    def __init__(self, concepts: Concepts, countries: CountryFinder) -> None:
        self._concepts = concepts
        self._countries = countries

    def read(self, telling: Telling) -> Traits:
        """Return what a telling is compared by."""
        body = telling.body[:READ]
        title, told = self._read(telling.title, telling.lang), self._read(body, telling.lang)
        names = frozenset(_names(telling.title)) | frozenset(_names(body))
        return Traits(
            telling=telling,
            heading=Heading(
                marks=frozenset(title.marks),
                words=title.words,
                about=title.about,
                names=title.words & _proper(telling.title, telling.lang),
                countries=title.countries,
                numbers=title.numbers,
                years=title.figures.years,
                ordinals=title.ordinals,
            ),
            marks={**told.marks, **title.marks},
            words=dict.fromkeys(told.words | title.words, _WORD),
            names=names,
            unknown_names=(title.words | told.words)
            & (_proper(telling.title, telling.lang) | _proper(body, telling.lang)),
            sounds=frozenset(_sounds(f"{telling.title}\n{body}", names)),
            countries=title.countries | told.countries,
            numbers=(title.numbers | told.numbers) - _NO_COUNT,
            years=title.figures.years | told.figures.years,
            body=_body(telling.body),
        )

    def _read(self, text: str, lang: str) -> _Read:
        terms = analyse(text, lang)
        figures = read_figures(text)
        places = self._countries.named(text, lang)
        marks = {f"place:{code}": _COUNTRY for code in places}
        marks |= {f"year:{year}": _YEAR for year in figures.years}
        marks |= {f"day:{day}": _DAY for day in figures.days}
        covered: set[int] = set()
        spelt: list[tuple[int, int]] = []
        ordinals, about = set(figures.romans), set()
        for found in self._concepts.find(terms, lang):
            concept = found.value
            covered |= set(range(found.start, found.end))
            if concept.worth is Worth.NUMBER:
                spelt.append((found.start, int(concept.name)))
            elif concept.worth is Worth.ORDINAL:
                ordinals.add(concept.name)
            else:
                mark = f"word:{concept.name}"
                marks[mark] = _CONCEPT[concept.worth]
                if concept.worth in (Worth.SUBJECT, Worth.WHO):
                    about.add(mark)
        numbers = figures.numbers | frozenset(_spelt_numbers(spelt))
        counted = numbers - _NO_COUNT
        marks |= {f"number:{number}": _number_weight(number) for number in counted}
        place_stems = {stem for name in places.values() for stem in analyse(name, lang)}
        left = frozenset(
            term
            for place, term in enumerate(terms)
            if place not in covered
            and term not in STOP_WORDS
            and term not in place_stems
            and not any(sign.isdigit() for sign in term)
            and len(term) > 1
        )
        return _Read(
            marks=marks,
            words=left,
            about=frozenset(about),
            countries=frozenset(places),
            figures=figures,
            numbers=numbers,
            ordinals=frozenset(ordinals),
        )


def _body(text: str) -> Body:
    told = words(fold(text))
    return Body(len(told), sha256(" ".join(told).encode("utf-8", "surrogatepass")).digest())


def _number_weight(number: str) -> float:
    return _NUMBER.get(len(number), _LARGE)


def _spelt_numbers(spelt: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield numbers in words: `twenty` and a unit right after it are one."""
    last: tuple[int, int] | None = None
    for place, value in spelt:
        if last and place == last[0] + 1 and last[1] in _TENS and value < min(_TENS) // 2:
            last = (place, last[1] + value)
            continue
        if last:
            yield str(last[1])
        last = (place, value)
    if last:
        yield str(last[1])


def _names(text: str) -> Iterator[str]:
    for printed in words(text):
        if printed[:1].isupper() and len(printed) >= SHORTEST:
            folded = fold(printed)
            if folded not in STOP_WORDS:
                yield folded


def _proper(text: str, lang: str) -> frozenset[str]:
    """Return the stems of words with a capital that does not only begin a sentence.

    None where most words have one, as in English headlines.
    """
    inside = _INSIDE.findall(text)
    capitals = [word for word in inside if word[:1].isupper() and fold(word) not in _DAYS]
    if 2 * len(capitals) > len(inside):
        return frozenset()
    return frozenset(stem for word in capitals for stem in analyse(word, lang))


def _sounds(text: str, names: frozenset[str]) -> Iterator[str]:
    arabic = [
        word.form
        for word in place_words(text)
        if "\u0600" <= word.form[:1] <= "\u06ff" and not is_unspaced(word.form)
    ]
    for name in (*names, *arabic):
        heard = sound(name)
        if len(heard) >= SHORTEST:
            yield heard
