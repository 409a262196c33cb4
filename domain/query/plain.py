"""Plain words: which of them name a date, kind, country, language or topic, and which are words.

Read from left to right, the longest name first. Only what is clearly meant counts:

- a year from 1990 to 2100, a month or day with its year, `2021-06`, `2019-2021`: the date;
- `event`, `publication` and their like: the kind, `news` only beside something else;
- a language after its preposition (`in French`, `en français`, `на русском языке`) unless another
  plain word follows that it could belong to (`in Russian prisons`), or beside `documents`;
- the name of a country, region or topic: that, or its words in the text, because an item may
  mention it without being about it.

Several dates, kinds or languages are alternatives, as no item has two. `documents` and the like are
dropped beside any of these, `latest` beside any word, and small words (`in`, `the`, `what`) beside
anything else. Several words that the thesaurus has as one expression (`side event`) are one.
A run in Chinese is taken apart where names, dates and small words make up the whole of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from domain.query import dates, reading
from domain.query.lexicon import FILLERS, LANGUAGE_NOUNS, LANGUAGE_PREPOSITIONS, RECENT
from domain.query.names import Field, Named, Names
from domain.query.reading import Either, Part, Reading
from domain.query.smallwords import SMALL_WORDS
from domain.query.unspaced import take_apart
from domain.text import fold, words
from domain.text.words import is_unspaced
from domain.thesaurus import Alike

_NEWS = "news"
_ARABIC_IN = "بال"
_SHORTEST_LANGUAGE = 4
_LONGEST_NAME = 12
_IN_CAPITALS = {"US": "usa"}
"""Names that are everyday words in small letters, with how else they are written."""
_PUNCTUATION = ".,;:!?"


class _Role(Enum):
    DATE = auto()
    KIND = auto()
    LANG = auto()
    NAME = auto()
    WORD = auto()
    FILLER = auto()
    RECENT = auto()
    STOP = auto()


_ALTERNATIVES = (_Role.DATE, _Role.KIND, _Role.LANG)
_FILTERS = (*_ALTERNATIVES, _Role.NAME)


_LISTED = (
    dict.fromkeys(SMALL_WORDS, _Role.STOP)
    | dict.fromkeys(FILLERS, _Role.FILLER)
    | dict.fromkeys(RECENT, _Role.RECENT)
)


@dataclass(frozen=True, slots=True)
class _Found:
    role: _Role
    part: Part
    end: int
    """The piece after it."""


def read(typed: Sequence[str], names: Names, *, alone: bool) -> list[Reading]:
    """Return what a run of plain words asks for, all parts of it.

    `alone` says that the words are not beside a field, phrase or group. Empty when no letter or
    digit is among them.
    """
    run = _Run(typed, names)
    found = list(run.scan())
    told = [one for one in found if one.role is not _Role.STOP]
    if alone and len(told) == 1 and told[0].part.named == (Field.KIND, _NEWS):
        return [run.plain(told[0].end - 1).part]
    if not alone or any(one.role is not _Role.RECENT for one in told):
        told = [one for one in told if one.role is not _Role.RECENT]
    kept = [one for at, one in enumerate(told) if not _is_dropped(told, at)]
    return _merged(kept if kept or not alone else found)


def _is_dropped(told: list[_Found], at: int) -> bool:
    """Say whether a word stands for any item, as the nearest telling word beside it filters."""
    if told[at].role is not _Role.FILLER:
        return False
    before = next((one.role for one in told[at::-1] if one.role is not _Role.FILLER), None)
    after = next((one.role for one in told[at:] if one.role is not _Role.FILLER), None)
    return before in _FILTERS or after in _FILTERS


def _merged(found: list[_Found]) -> list[Reading]:
    merged: list[Reading] = [one.part for one in found if one.role not in _ALTERNATIVES]
    for role in _ALTERNATIVES:
        parts = tuple(dict.fromkeys(one.part for one in found if one.role is role))
        if parts:
            merged.append(parts[0] if len(parts) == 1 else Either(parts))
    return merged


class _Run:
    """A run of plain words as pieces, each of which is a word or several with hyphens."""

    def __init__(self, typed: Sequence[str], names: Names) -> None:
        self._names = names
        self._pieces: list[list[str]] = []
        self._dates: dict[int, Part] = {}
        for text in typed:
            folded = _IN_CAPITALS.get(text) or fold(text).strip(_PUNCTUATION)
            published = dates.joined(folded)
            if published is not None:
                self._dates[len(self._pieces)] = reading.span(published)
            self._pieces += _pieces(words(folded), names)
        self._words = [one for piece in self._pieces for one in piece]
        self._starts = [0]
        for piece in self._pieces:
            self._starts.append(self._starts[-1] + len(piece))
        self._piece_at = {start: at for at, start in enumerate(self._starts)}

    def scan(self) -> Iterator[_Found]:
        """Find what the pieces are, from left to right."""
        at = 0
        while at < len(self._pieces):
            found = self._date(at) or self._language(at) or self._name(at)
            term = self._term(at)
            if found is None or (term is not None and term.end > found.end):
                found = term or self.plain(at)
            yield found
            at = found.end

    def plain(self, at: int) -> _Found:
        """Take a piece as a word."""
        piece = self._pieces[at]
        one = piece[0] if len(piece) == 1 else ""
        part = reading.word(piece, self._alike(piece))
        return _Found(_LISTED.get(one, _Role.WORD), part, at + 1)

    def _term(self, at: int) -> _Found | None:
        """Take several pieces as one expression that the thesaurus knows."""
        start = self._starts[at]
        alike = self._names.alike(self._words[start : start + _LONGEST_NAME])
        end = None if alike is None else self._piece_at.get(start + alike.length)
        if alike is None or end is None or end == at + 1:
            return None
        typed = self._words[start : start + alike.length]
        return _Found(_Role.WORD, reading.word(typed, alike), end)

    def _alike(self, typed: Sequence[str]) -> Alike | None:
        """Return what means the same as all of these words together."""
        alike = self._names.alike(typed)
        return alike if alike is not None and alike.length == len(typed) else None

    def _date(self, at: int) -> _Found | None:
        joined = self._dates.get(at)
        if joined is not None:
            return _Found(_Role.DATE, joined, at + 1)
        start = self._starts[at]
        found = dates.in_words(self._words, start)
        end = None if found is None else self._piece_at.get(start + found[1])
        if found is None or end is None:
            return None
        return _Found(_Role.DATE, reading.span(found[0]), end)

    def _name(self, at: int) -> _Found | None:
        start = self._starts[at]
        named = self._names.longest(self._words[start : start + _LONGEST_NAME])
        end = None if named is None else self._piece_at.get(start + named.length)
        if named is None or end is None:
            return None
        if named.field is Field.KIND:
            return _Found(_Role.KIND, reading.field(named), end)
        typed = self._words[start : start + named.length]
        return _Found(_Role.NAME, reading.name(named, typed, self._alike(typed)), end)

    def _language(self, at: int) -> _Found | None:
        one = self._single(at)
        if one in LANGUAGE_PREPOSITIONS:
            named = self._language_named(at + 1)
            end = at + 3 if self._single(at + 2) in LANGUAGE_NOUNS else at + 2
            meant = self._is_free(end)
        else:
            named = self._language_named(at)
            end = at + 1
            beside = self._single(at - 1) in FILLERS or self._single(at + 1) in FILLERS
            meant = beside or one.startswith(_ARABIC_IN) or (one != "" and is_unspaced(one))
        return _Found(_Role.LANG, reading.field(named), end) if named and meant else None

    def _language_named(self, at: int) -> Named | None:
        one = self._single(at)
        if len(one) < _SHORTEST_LANGUAGE and not (one and is_unspaced(one)):
            return None
        named = self._names.value(Field.LANG, one)
        longer = self._name(at) if named else None
        return None if longer and longer.end > at + 1 else named

    def _is_free(self, at: int) -> bool:
        """Say whether no word stands here that a word before it could belong to."""
        if at >= len(self._pieces):
            return True
        found = self._date(at) or self._name(at) or self.plain(at)
        return found.role is not _Role.WORD

    def _single(self, at: int) -> str:
        """Return a piece of one word; empty for others and beyond the ends."""
        piece = self._pieces[at] if 0 <= at < len(self._pieces) else []
        return piece[0] if len(piece) == 1 else ""


def _pieces(typed: list[str], names: Names) -> list[list[str]]:
    if not any(is_unspaced(one) for one in typed):
        return [typed] if typed else []
    return [
        [piece]
        for one in typed
        for piece in (take_apart(one, names) if is_unspaced(one) else [one])
    ]
