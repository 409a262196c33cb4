"""Decides in which countries an item happens.

A country that is named only because its ministry took part, because it paid, or because a person
comes from there is taken where no other is named, or not at all. The title and the first words of
the body decide; the rest of a body is asked when they name none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.mentions import ACRONYM, Force, force_of
from domain.phrases import Found, PhraseIndex, outermost
from domain.places import Around, Places, PlaceWord, Role, Spelling, place_words
from domain.text import fold
from domain.text.stems import LANGUAGES
from domain.text.words import is_unspaced

LEAD_WORDS = 60
_CONJUNCTIONS = frozenset(("and", "or", "et", "ou", "y", "e", "o", "и", "или", "和", "及", "与"))
_CASED_PEOPLE = "en"
"""The language that writes adjectives of countries with a capital."""
_COLONS = (":", "：")
_TITLE_CASE = 0.6
_LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class _Mention:
    code: str
    force: Force
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
        wanted = (Force.LOCATED, Force.PLAIN) if gathering else (Force.PLAIN,)
        for least in wanted:
            for mentions in (first, rest) if least is Force.PLAIN else (first,):
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
            codes = (match.value.code, self._twin(match.value))
            named |= {code: printed for code in codes if code is not None}
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
            force = force_of(match, found, around, closed, heading=heading)
            if force is Force.PLAIN and _continues(found[last_end : match.start], last_end):
                force = last_force
            last_end, last_force = match.end, force
            if force is not None:
                twin = self._twin(match.value)
                mentions.append(_Mention(match.value.code, force, match.start, twin))
        return mentions

    def _twin(self, spelling: Spelling) -> str | None:
        """Return the other country that has a place of this name."""
        return self._places.twins.get(" ".join(_phrase(spelling.text)))

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
    if letters.isupper() and len(letters) <= ACRONYM and letters.lower() != letters:
        return all(word.isupper() for word in printed)
    if not cased:
        return spelling.role is not Role.PEOPLE
    return not printed[0][:1].islower()


def _is_heading(found: Sequence[PlaceWord]) -> bool:
    """Say whether a text prints most words with capitals, so that they say nothing."""
    long = [word.printed for word in found if len(word.printed) >= _LONG_WORD]
    capitals = sum(1 for word in long if word[0].isupper())
    return capitals > _TITLE_CASE * len(long)
