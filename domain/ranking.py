"""How well an item that matches answers a query: evidence in its text, as one number.

Each word or phrase counts most in the title, then in the body, least in the caption, and a little
more when it is repeated or the title is short. All words of a query count over some of them, and
words that stand close together over words far apart. What means the same as a word counts less than
the word. Fields, dates and negations are no evidence: an item matches them or not. At an equal
score the newer item is to come first.

A name counts by the topic or country that the item has and by its words in the text, so an item
comes first that says what it is about, then one that is about it, then one that mentions it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from domain.matching import ItemTerms, starts
from domain.query.tree import And, CountryIs, Node, Or, Phrase, TopicIs, Word

Label = TopicIs | CountryIs

_TITLE, _BODY, _CAPTION = 0, 1, 2
_WEIGHTS = (1.0, 0.4, 0.15)
_REPEATED = 0.2
"""How much more a field counts that has a word many times."""
_TITLE_FOCUS = 0.1
"""How much more a title counts that is nothing but the word."""
_PHRASE = 1.2
_SOME = 0.5
"""What is left of the worth of a conjunction when a part is missing."""
_OTHERS = 0.1
"""How much the alternatives beside the best one add."""
_LABEL = 0.7
"""What the topic or country itself is worth beside its name."""
_AKIN = 0.7
"""What is left of the worth of a word that only means the same."""
_NEARNESS = (0.5, 0.2)
"""What words that stand side by side add in the title and in the body."""
_DIGITS = 6


def score(
    tree: Node, terms: ItemTerms, carries: Callable[[Label], bool] = lambda _label: False
) -> float:
    """Return how well an item answers the query: 0 for no evidence, with six decimals.

    `carries` tells whether the item has a topic or country. The same for the same arguments on
    every machine and database.
    """
    return round(_Evidence(terms, carries).of(tree) or 0.0, _DIGITS)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What an item says."""

    terms: ItemTerms
    carries: Callable[[Label], bool]

    def of(self, tree: Node) -> float | None:
        """Return the evidence for a part; None for a part that cannot have any."""
        match tree:
            case Word(sequences=sequences, own=own):
                return self._in_text(sequences, own)
            case Phrase(sequences=sequences, own=own):
                return _PHRASE * self._in_text(sequences, own)
            case And(parts=parts):
                return self._all(parts)
            case Or(parts=parts):
                return self._either(parts)
            case _:
                return None

    def _all(self, parts: Sequence[Node]) -> float | None:
        scores = self._scores(parts)
        if not scores:
            return None
        mean = sum(scores) / len(scores)
        return mean + _nearness(parts, self.terms) if min(scores) > 0 else _SOME * mean

    def _either(self, parts: Sequence[Node]) -> float | None:
        """Count the best alternative most, and beside them the label that they are names of."""
        scores = sorted(self._scores(parts), reverse=True)
        if not scores:
            return None
        labelled = any(isinstance(part, Label) and self.carries(part) for part in parts)
        return scores[0] + _OTHERS * sum(scores[1:]) + _LABEL * labelled

    def _scores(self, parts: Iterable[Node]) -> list[float]:
        scores = (self.of(part) for part in parts)
        return [one for one in scores if one is not None]

    def _in_text(self, sequences: Sequence[tuple[str, ...]], own: int | None) -> float:
        if own is None:
            return _worth(sequences, self.terms)
        akin = _AKIN * _worth(sequences[own:], self.terms)
        return max(_worth(sequences[:own], self.terms), akin)


def _worth(sequences: Iterable[tuple[str, ...]], terms: ItemTerms) -> float:
    total = 0.0
    for field, weight in enumerate(_WEIGHTS):
        found = len(_found(sequences, terms, field))
        if found:
            total += weight * (1 + _REPEATED * (1 - 1 / found))
            total += _TITLE_FOCUS * found / len(terms.title) if field == _TITLE else 0
    return total


def _found(sequences: Iterable[tuple[str, ...]], terms: ItemTerms, field: int) -> set[int]:
    """Return where one of the sequences starts."""
    text = (terms.title, terms.body, terms.caption)[field]
    places = terms.places[field]
    return {
        at
        for sequence in sequences
        if sequence[0] in places
        for at in starts(sequence, text, places)
    }


def _nearness(parts: Iterable[Node], terms: ItemTerms) -> float:
    """Return what the words and phrases among the parts gain by standing close together."""
    wanted = [alternatives for part in parts if (alternatives := _sequences(part))]
    if len(wanted) < 2:
        return 0.0
    gained = 0.0
    for field, bonus in zip((_TITLE, _BODY), _NEARNESS, strict=True):
        window = _window([_found(alternatives, terms, field) for alternatives in wanted])
        if window is not None:
            gained = max(gained, bonus * len(wanted) / max(window, len(wanted)))
    return gained


def _sequences(part: Node) -> tuple[tuple[str, ...], ...]:
    """Return a word's or phrase's sequences, also those of the words of a name."""
    match part:
        case Word(sequences=sequences) | Phrase(sequences=sequences):
            return sequences
        case Or(parts=(TopicIs() | CountryIs(), (Word() | Phrase()) as words, *_)):
            return words.sequences
        case _:
            return ()


def _window(places: Sequence[Iterable[int]]) -> int | None:
    """Return how many terms the shortest stretch with a start of each spans; None if none does."""
    if not all(places):
        return None
    events = sorted((at, which) for which, starting in enumerate(places) for at in starting)
    last: dict[int, int] = {}
    shortest: int | None = None
    for at, which in events:
        last.pop(which, None)
        last[which] = at
        if len(last) == len(places):
            span = at - next(iter(last.values())) + 1
            shortest = span if shortest is None else min(shortest, span)
    return shortest
