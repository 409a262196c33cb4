"""How well an item that matches answers a query: evidence in its text, as one number.

Each word or phrase counts most in the title, then in the body, least in the caption, and a little
more when it is repeated or the title is short. All words of a query count over some of them, and
words that stand close together over words far apart. Fields, dates and negations are no evidence:
an item matches them or not. At an equal score the newer item is to come first.

A name counts by its words where they stand in the text, so an item that only has the topic or
country comes after one that says so.
"""

from collections.abc import Iterable, Sequence

from domain.matching import ItemTerms
from domain.query.tree import And, Node, Or, Phrase, Word

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
_NEARNESS = (0.5, 0.2)
"""What words that stand side by side add in the title and in the body."""
_DIGITS = 6


def score(tree: Node, terms: ItemTerms) -> float:
    """Return how well the text answers the query: 0 for no evidence, with six decimals.

    The same for the same tree and terms on every machine and database.
    """
    return round(_score(tree, terms) or 0.0, _DIGITS)


def _score(tree: Node, terms: ItemTerms) -> float | None:
    """Return the evidence for a part; None for a part that cannot have any."""
    match tree:
        case Word(sequences=sequences):
            return _evidence(sequences, terms)
        case Phrase(sequences=sequences):
            return _PHRASE * _evidence(sequences, terms)
        case And(parts=parts):
            return _all(parts, terms)
        case Or(parts=parts):
            return _either(parts, terms)
        case _:
            return None


def _all(parts: Sequence[Node], terms: ItemTerms) -> float | None:
    scores = _scores(parts, terms)
    if not scores:
        return None
    mean = sum(scores) / len(scores)
    return mean + _nearness(parts, terms) if min(scores) > 0 else _SOME * mean


def _either(parts: Sequence[Node], terms: ItemTerms) -> float | None:
    scores = sorted(_scores(parts, terms), reverse=True)
    return scores[0] + _OTHERS * sum(scores[1:]) if scores else None


def _scores(parts: Iterable[Node], terms: ItemTerms) -> list[float]:
    scores = (_score(part, terms) for part in parts)
    return [one for one in scores if one is not None]


def _evidence(sequences: Iterable[tuple[str, ...]], terms: ItemTerms) -> float:
    total = 0.0
    for field, weight in enumerate(_WEIGHTS):
        found = len(_found(sequences, terms, field))
        if found:
            total += weight * (1 + _REPEATED * (1 - 1 / found))
            total += _TITLE_FOCUS * found / terms.length(field) if field == _TITLE else 0
    return total


def _found(sequences: Iterable[tuple[str, ...]], terms: ItemTerms, field: int) -> set[int]:
    """Return where one of the sequences starts."""
    return {at for sequence in sequences for at in terms.starts(sequence, field)}


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
        case Or(parts=(_, (Word() | Phrase()) as words)):
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
