"""Decides whether an item tells of an event, of a publication, or of other news.

A title that names a gathering or a document decides alone, unless it only speaks of one (`after
the summit`, `court cites report`) or tells what else happened. Where the title does not decide, the
start of the body must show that a gathering or a document is the main thing.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.dates.occasions import tells_when
from domain.errors import TaxonomyError
from domain.evidence import sides
from domain.model import Kind
from domain.nearness import Side, near_pairs
from domain.phrases import Found, PhraseIndex, phrase_words, plain_words
from domain.taxonomy import read_languages, read_phrases
from domain.text.stems import LANGUAGES

LEAD_WORDS = 90
"""How many words of a body are asked."""
THRESHOLD = 2.0
"""What title and body must weigh together, or `BODY_ALONE` where the title says nothing of it."""
BODY_ALONE = 2.3
NEAR = 8
"""How many words the sides of a sign that has two are less apart than."""
_HINT = 1.0
"""What a sign in a title weighs where it does not settle it, and so do days or an hour."""
_AGAINST = 0.8
_MOST_AGAINST = 1.6
"""What one sign of other news takes away in a body, and what all of them do."""
_ASIDE = 4
"""A thing that begins less than so many words after an aside is only spoken of."""
_OPENING = 400
"""How many characters of a body tell when it takes place."""
_HEAD_LAST = frozenset(("zh",))
"""Languages in which the last noun of a title is what it names."""


class _Says(Enum):
    """How much a sign says; the value is its weight in a body."""

    NOTHING = 0.0
    """Signs inside it mean something else."""
    ASIDE = 0.1
    WEAK = 0.5
    STRONG = 1.2
    TOLD = 2.4


_OF_A_THING = {
    "not": _Says.NOTHING,
    "told": _Says.TOLD,
    "strong": _Says.STRONG,
    "weak": _Says.WEAK,
}
_KEYS: Mapping[Kind, Mapping[str, _Says]] = {
    Kind.NEWS: {"not": _Says.NOTHING, "aside": _Says.ASIDE, "strong": _Says.STRONG},
    Kind.EVENT: _OF_A_THING,
    Kind.PUBLICATION: _OF_A_THING,
}
_SETTLING = frozenset((_Says.STRONG, _Says.TOLD))


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase, and what it says of the kind of what it stands in."""

    phrase: str
    kind: Kind
    says: _Says
    side: int | None = None
    """Which side of a phrase with two it is: 0 or 1; None for a plain phrase."""


KindEvidence = Mapping[str, Sequence[Sign]]
"""Signs by language."""


def load_kinds(text: str) -> KindEvidence:
    """Read a kinds file; raises `TaxonomyError` that names the entry."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"kinds: {' '.join(str(error).split())}") from error
    unknown = sorted(data.keys() - set(_KEYS))
    if unknown:
        raise TaxonomyError(f"kinds: unknown entry {unknown[0]}")
    signs: dict[str, list[Sign]] = {}
    for kind, keys in _KEYS.items():
        for lang, table in read_languages(data.get(kind, {}), kind).items():
            where = f"{kind}.{lang}"
            if not isinstance(table, dict):
                raise TaxonomyError(f"{where}: must be a table")
            strange = sorted(table.keys() - keys.keys())
            if strange:
                raise TaxonomyError(f"{where}: unknown key {strange[0]}")
            signs.setdefault(lang, []).extend(
                Sign(phrase, kind, says)
                for key, says in keys.items()
                for phrase in read_phrases(table.get(key, []), f"{where}, {key}")
            )
    return signs


class KindFinder:
    """Finds the kind of texts by one set of evidence."""

    def __init__(self, evidence: KindEvidence) -> None:
        self._evidence = evidence
        self._indexes: dict[str, PhraseIndex[Sign]] = {}

    def find(self, title: tuple[str, str], body: tuple[str, str], *, spans: bool = False) -> Kind:
        """Return the kind. `title` and `body` are each a text and its language.

        `spans` says that the item is dated by first and last day, as gatherings are.
        """
        titled = self._signs(*title)
        against = any(found.value.kind is Kind.NEWS for found in titled)
        named = _named(titled, title[1])
        if named is not None and not against:
            return named
        told = self._signs(*body)
        weights = {
            kind: _weight([one.value for one in told if one.value.kind is kind])
            for kind in (Kind.PUBLICATION, Kind.EVENT)
        }
        if not any(weights.values()):
            return Kind.NEWS
        hints = {kind: _HINT * sum(one.value.kind is kind for one in titled) for kind in weights}
        if spans or tells_when(title[0]) or tells_when(body[0][:_OPENING]):
            hints[Kind.EVENT] += _HINT
        less = min(_MOST_AGAINST, _AGAINST * sum(one.value.kind is Kind.NEWS for one in told))
        best, most = Kind.NEWS, 0.0
        for kind, weight in weights.items():
            both = weight + hints[kind] - less
            needed = THRESHOLD if hints[kind] else BODY_ALONE
            if weight and both >= needed and both > most:
                best, most = kind, both
        return best

    def _signs(self, text: str, lang: str) -> list[Found[Sign]]:
        """Return what the first words of a text say of its kind, in the order they stand in."""
        found = self._index(lang).find(plain_words(text)[:LEAD_WORDS])
        covered = dict.fromkeys(Kind, 0)
        hidden = dict.fromkeys(Kind, 0)
        whole, halves, asides = [], [], []
        for match in sorted(found, key=_order):
            sign = match.value
            if sign.says is _Says.NOTHING:
                hidden[sign.kind] = max(hidden[sign.kind], match.end)
                covered[sign.kind] = max(covered[sign.kind], match.end)
            elif sign.says is _Says.ASIDE:
                asides.append(match.end)
            elif sign.side is not None:
                if match.end > hidden[sign.kind]:
                    halves.append(match)
            elif match.end > covered[sign.kind]:
                covered[sign.kind] = match.end
                whole.append(match)
        signs = sorted((*whole, *_joined(halves)), key=lambda one: (one.start, one.end))
        return [
            one
            for one in signs
            if one.value.kind is Kind.NEWS
            or not any(0 <= one.start - aside < _ASIDE for aside in asides)
        ]

    def _index(self, lang: str) -> PhraseIndex[Sign]:
        lang = lang if lang in LANGUAGES else "en"
        if lang not in self._indexes:
            index: PhraseIndex[Sign] = PhraseIndex()
            for sign in self._evidence.get(lang, ()):
                found = sides(sign.phrase)
                for number, side in enumerate(found):
                    half = number if len(found) > 1 else None
                    for phrase in side:
                        placed = Sign(sign.phrase, sign.kind, sign.says, half)
                        index.add(phrase_words(phrase), placed)
            self._indexes[lang] = index
        return self._indexes[lang]


def _order(match: Found[Sign]) -> tuple[int, int, bool]:
    """Longer signs stand before those inside them, and what excludes before what it excludes."""
    return match.start, -match.end, match.value.says is not _Says.NOTHING


def _side(sign: Sign) -> Side:
    return (sign.phrase, sign.kind), sign.side


def _joined(halves: Sequence[Found[Sign]]) -> Iterator[Found[Sign]]:
    """Yield each sign that has both sides once, from where the first side stands."""
    done = set()
    for left, right in near_pairs(halves, NEAR, _side):
        if left.value.phrase not in done:
            done.add(left.value.phrase)
            yield Found(min(left.start, right.start), max(left.end, right.end), left.value)


def _weight(signs: Sequence[Sign]) -> float:
    """Return what signs of one kind weigh in a body: nothing, if all of them are weak."""
    if not any(sign.says in _SETTLING for sign in signs):
        return 0.0
    return sum(sign.says.value for sign in signs)


def _named(titled: Sequence[Found[Sign]], lang: str) -> Kind | None:
    """Return the kind of the thing that a title names, or None."""
    things = [
        found
        for found in titled
        if found.value.kind is not Kind.NEWS and found.value.says in _SETTLING
    ]
    if not things:
        return None
    if lang in _HEAD_LAST:
        return things[-1].value.kind
    head = things[0]
    for following in things[1:]:
        if following.start == head.end:
            head = following
    return head.value.kind
