"""Decides in which countries an item happens.

A country that is named only because its ministry took part, because it paid, or because a person
comes from there is taken where no other is named, or not at all. The title and the first words of
the body decide; the rest of a body is asked when they name none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from domain.phrases import Found, PhraseIndex, outermost
from domain.places import Around, Places, PlaceWord, Role, Spelling, place_words
from domain.query.lexicon import STOP_WORDS
from domain.text import fold
from domain.text.stems import LANGUAGES
from domain.text.words import is_unspaced

LEAD_WORDS = 60
_BODY_REACH = 8
_DONOR_REACH = 6
_OFFICES_REACH = 7
_PERSON_REACH = 2
_CONJUNCTIONS = frozenset(("and", "or", "et", "ou", "y", "e", "o", "и", "или", "和", "及", "与"))
_ACRONYM = 4
_CASED_PEOPLE = "en"
"""The language that writes adjectives of countries with a capital."""
_OF = frozenset(("of", "de", "du", "des", "del", "d"))
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "los"))
_COLONS = (":", "：")
_DAY_ARTICLES = ("le", "el")
_TITLE_CASE = 0.6
_LONG_WORD = 4


class _Force(IntEnum):
    WEAK = 1
    """Counts where nothing stronger is found."""
    PLAIN = 2
    LOCATED = 3
    """With a preposition of place."""


@dataclass(frozen=True, slots=True)
class _Mention:
    code: str
    force: _Force
    at: int
    twin: str | None = None
    """The other country that has a place of this name."""


class CountryFinder:
    """Finds the countries of texts."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._indexes: dict[str, PhraseIndex[Spelling]] = {}

    def find(
        self, title: tuple[str, str], body: tuple[str, str], *, gathering: bool = False
    ) -> tuple[str, ...]:
        """Return the sorted ISO codes of where it happens.

        `title` and `body` are each a text and its language. A `gathering` happens where it is held,
        not where the people come from.
        """
        titled = self._mentions(*title)
        told = self._mentions(*body)
        titled, told = self._without_twins(titled, told)
        first = titled + [mention for mention in told if mention.at < LEAD_WORDS]
        rest = [mention for mention in told if mention.at >= LEAD_WORDS]
        wanted = (_Force.LOCATED, _Force.PLAIN) if gathering else (_Force.PLAIN,)
        for least in wanted:
            for mentions in (first, rest) if least is _Force.PLAIN else (first,):
                codes = {mention.code for mention in mentions if mention.force >= least}
                if codes:
                    return tuple(sorted(codes))
        return tuple(sorted({mention.code for mention in first}))

    def named(self, text: str, lang: str) -> dict[str, str]:
        """Return the codes of all countries that a text may name, each with the words for it.

        Whether anything happens there is not asked; a name that two countries have is for both.
        """
        found, matches = self._matches(text, lang)
        named: dict[str, str] = {}
        for match in matches:
            printed = " ".join(word.printed for word in found[match.start : match.end])
            twin = self._places.twins.get(" ".join(_phrase(match.value.text)))
            named |= {code: printed for code in (match.value.code, twin) if code is not None}
        return named

    def _without_twins(
        self, titled: list["_Mention"], told: list["_Mention"]
    ) -> tuple[list["_Mention"], list["_Mention"]]:
        """Drop names that stand for a place in another country that the text tells of."""
        sure = {one.code for one in (*titled, *told) if one.twin is None}

        def stays(mention: _Mention) -> bool:
            return mention.twin is None or mention.code in sure or mention.twin not in sure

        return [one for one in titled if stays(one)], [one for one in told if stays(one)]

    def _matches(self, text: str, lang: str) -> tuple[list[PlaceWord], list[Found[Spelling]]]:
        lang = lang if lang in LANGUAGES else "en"
        found = place_words(text)
        matches = self._index(lang).find([word.form for word in found])
        cased = any(word.printed[:1].isupper() for word in found)
        fitting = [match for match in matches if _fits(match, found, lang, cased=cased)]
        return found, list(_preferred(outermost(fitting)))

    def _mentions(self, text: str, lang: str) -> list[_Mention]:
        found, matches = self._matches(text, lang)
        around = self._places.around.get(lang if lang in LANGUAGES else "en", Around())
        heading = _is_heading(found)
        closed = {chunk[:-1] for chunk in text.split() if chunk.endswith(_COLONS)}
        mentions: list[_Mention] = []
        last_end, last_force = 0, None
        for match in matches:
            if match.value.code is None:
                continue
            force = _force(match, found, around, closed, heading=heading)
            if force is _Force.PLAIN and _continues(found[last_end : match.start], last_end):
                force = last_force
            last_end, last_force = match.end, force
            if force is not None:
                twin = self._places.twins.get(" ".join(_phrase(match.value.text)))
                mentions.append(_Mention(match.value.code, force, match.start, twin))
        return mentions

    def _index(self, lang: str) -> PhraseIndex[Spelling]:
        if lang not in self._indexes:
            index: PhraseIndex[Spelling] = PhraseIndex()
            for spelling in self._places.spellings.get(lang, ()):
                index.add(_phrase(spelling.text), spelling)
            self._indexes[lang] = index
        return self._indexes[lang]


def _continues(between: Sequence[PlaceWord], last_end: int) -> bool:
    """Say whether two names are in one list, and so do the same in the sentence."""
    if not last_end:
        return False
    return not between or (len(between) == 1 and between[0].form in _CONJUNCTIONS)


def _phrase(spelt: str) -> list[str]:
    forms: list[str] = []
    for part in spelt.replace("—", " ").replace("-", " ").split():
        ending = "*" if part.endswith("*") else ""
        words = place_words(part.rstrip("*"))
        forms += [word.form for word in words]
        if ending and words:
            forms[-1] = fold(words[-1].printed) + ending
    return forms


def _preferred(found: list[Found[Spelling]]) -> Iterator[Found[Spelling]]:
    """Yield one match a span: a name before an adjective before a city, as in the file.

    A word that stands for two countries (`中越`) is both.
    """
    last: tuple[int, int] | None = None
    kept: Spelling | None = None
    by_span = sorted(
        found, key=lambda match: (match.start, -match.end, match.value.role is not Role.OTHER)
    )
    for match in by_span:
        if (match.start, match.end) != last:
            kept = match.value
            yield match
        elif (
            kept and kept.role is Role.PEOPLE is match.value.role and kept.text == match.value.text
        ):
            yield match
        last = (match.start, match.end)


def _fits(match: Found[Spelling], found: Sequence[PlaceWord], lang: str, *, cased: bool) -> bool:
    """Say whether the capitals of the text allow this reading; it may have none at all."""
    spelling = match.value
    printed = [word.printed for word in found[match.start : match.end]]
    if is_unspaced(printed[0]) or spelling.role is Role.OTHER:
        return True
    if spelling.role is Role.PEOPLE and lang != _CASED_PEOPLE:
        return True
    letters = "".join(sign for sign in spelling.text if sign.isalpha())
    if letters.isupper() and len(letters) <= _ACRONYM and letters.lower() != letters:
        return all(word.isupper() for word in printed)
    if not cased:
        return spelling.role is not Role.PEOPLE
    return not printed[0][:1].islower()


def _force(
    match: Found[Spelling],
    found: Sequence[PlaceWord],
    around: Around,
    closed: set[str],
    *,
    heading: bool,
) -> _Force | None:
    """Return how much a mention says about where it happens; None for nothing."""
    before = [fold(word.printed) for word in found[max(0, match.start - _BODY_REACH) : match.start]]
    after = [fold(word.printed) for word in found[match.end : match.end + _PERSON_REACH]]
    previous = before[-1] if before else ""
    if _is_no_place(match, found, around, closed, heading=heading):
        return None
    if not around.offices.isdisjoint(before[-_OFFICES_REACH:]):
        return None
    if previous in around.where:
        return _Force.LOCATED
    if not around.donor.isdisjoint(before[-_DONOR_REACH:]):
        return None
    linked = previous in _OF or (previous in _ARTICLES and len(before) > 1 and before[-2] in _OF)
    genitive = "\u0400" <= found[match.start].form[0] <= "\u06ff"
    if (
        previous in around.origin
        or not around.person.isdisjoint(after)
        or ((linked or genitive) and not around.body.isdisjoint(before))
        or _is_dateline(match, found)
        or _is_crowd(match, found)
    ):
        return _Force.WEAK
    return _Force.PLAIN


def _is_no_place(
    match: Found[Spelling],
    found: Sequence[PlaceWord],
    around: Around,
    closed: set[str],
    *,
    heading: bool,
) -> bool:
    """Say whether a treaty, a language or a person is meant.

    `closed` are the words that a colon stands right after.
    """
    following = found[match.end] if match.end < len(found) else PlaceWord("", "")
    after = fold(following.printed)
    if after in around.language:
        return True
    ends = found[match.end - 1].printed in closed
    if after in around.instrument and following.printed[:1].isupper() and not ends:
        return True
    if match.value.role is Role.PEOPLE and match.start:
        before = [fold(word.printed) for word in found[max(0, match.start - _BODY_REACH) :]]
        before = before[: match.start - max(0, match.start - _BODY_REACH)]
        alone = not after or after in STOP_WORDS or following.printed[:1].isupper()
        if alone and (before[-1] in around.where or not around.speaking.isdisjoint(before)):
            return True
    return _is_person(match, found, around, heading=heading)


def _is_dateline(match: Found[Spelling], found: Sequence[PlaceWord]) -> bool:
    """Say whether a text opens with the place that it was sent from: in capitals, or with a day."""
    opening = found[match.start].printed
    if match.start > 1:
        return False
    after = [word.printed for word in found[match.end : match.end + 2]]
    dated = bool(after) and (
        after[0].isdigit() or (after[0] in _DAY_ARTICLES and after[-1].isdigit())
    )
    return dated or (len(opening) > _ACRONYM and opening.isupper())


def _is_crowd(match: Found[Spelling], found: Sequence[PlaceWord]) -> bool:
    """Say whether people are meant, who may be anywhere: `Syrians`, `los sirios`."""
    spelling, printed = match.value, found[match.start].printed
    if spelling.role is not Role.PEOPLE or not printed.endswith("s"):
        return False
    if spelling.text.endswith("*"):
        return match.start > 0 and fold(found[match.start - 1].printed) in STOP_WORDS
    return spelling.text[:1].isupper() and not spelling.text.endswith("ss")


def _is_person(
    match: Found[Spelling], found: Sequence[PlaceWord], around: Around, *, heading: bool
) -> bool:
    """Say whether a single word is part of a person's name."""
    if match.value.role is Role.PEOPLE or match.end - match.start > 1:
        return False
    if match.start and found[match.start - 1].printed[:1].isupper():
        previous = found[match.start - 1].form
        if previous in around.given:
            return True
    follows = found[match.end].printed if match.end < len(found) else ""
    is_given = found[match.start].form in around.given
    return is_given and not heading and follows[:1].isupper() and follows[1:].islower()


def _is_heading(found: Sequence[PlaceWord]) -> bool:
    """Say whether a text prints most words with capitals, so that they say nothing."""
    long = [word.printed for word in found if len(word.printed) >= _LONG_WORD]
    capitals = sum(1 for word in long if word[0].isupper())
    return capitals > _TITLE_CASE * len(long)
