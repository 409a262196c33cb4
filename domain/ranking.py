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

_TITLE, _BODY = 0, 1
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

_Sequences = tuple[tuple[str, ...], ...]


def score(tree: Node, terms: ItemTerms) -> float:
    """Return how well the text answers the query: 0 for no evidence, with six decimals.

    The same for the same tree and terms on every machine and database.
    """
    return round(_Text(terms).score(tree) or 0.0, _DIGITS)


class _Text:
    """A text whose evidence is weighed; what is looked up once is kept."""

    def __init__(self, terms: ItemTerms) -> None:
        self._terms = terms
        self._found: dict[int, Sequence[Sequence[int]]] = {}

    def score(self, tree: Node) -> float | None:
        """Return the evidence for a part; None for a part that cannot have any."""
        match tree:
            case Word(sequences=sequences):
                return self._evidence(sequences)
            case Phrase(sequences=sequences):
                return _PHRASE * self._evidence(sequences)
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
        return mean + self._nearness(parts) if min(scores) > 0 else _SOME * mean

    def _either(self, parts: Sequence[Node]) -> float | None:
        scores = sorted(self._scores(parts), reverse=True)
        return scores[0] + _OTHERS * sum(scores[1:]) if scores else None

    def _scores(self, parts: Iterable[Node]) -> list[float]:
        return [one for part in parts if (one := self.score(part)) is not None]

    def _evidence(self, sequences: _Sequences) -> float:
        total = 0.0
        for field, starting in enumerate(self._places(sequences)):
            if found := len(starting):
                total += _WEIGHTS[field] * (1 + _REPEATED * (1 - 1 / found))
                if field == _TITLE:
                    total += _TITLE_FOCUS * found / self._terms.title_length()
        return total

    def _places(self, sequences: _Sequences) -> Sequence[Sequence[int]]:
        """Return where one of the sequences starts, for each text."""
        # By its address, as a tuple of tuples is slow to hash; the tree keeps it alive.
        found = self._found.get(id(sequences))
        if found is None:
            each = [self._terms.starts(sequence) for sequence in sequences]
            found = (
                each[0]
                if len(each) == 1
                else [_united(places) for places in zip(*each, strict=True)]
            )
            self._found[id(sequences)] = found
        return found

    def _nearness(self, parts: Iterable[Node]) -> float:
        """Return what the words and phrases among the parts gain by standing close together."""
        wanted = [self._places(named) for part in parts if (named := _sequences(part))]
        if len(wanted) < 2:
            return 0.0
        gained = 0.0
        for field, bonus in zip((_TITLE, _BODY), _NEARNESS, strict=True):
            starting = [places[field] for places in wanted]
            if all(starting):
                gained = max(gained, bonus * len(wanted) / max(_window(starting), len(wanted)))
        return gained


def _united(places: Iterable[Sequence[int]]) -> Sequence[int]:
    """Return the places that are in any, without repeats."""
    some = [found for found in places if found]
    if len(some) < 2:
        return some[0] if some else ()
    return list(set().union(*some))


def _sequences(part: Node) -> _Sequences:
    """Return a word's or phrase's sequences, also those of the words of a name."""
    match part:
        case Word(sequences=sequences) | Phrase(sequences=sequences):
            return sequences
        case Or(parts=(_, (Word() | Phrase()) as words)):
            return words.sequences
        case _:
            return ()


def _window(places: Sequence[Sequence[int]]) -> int:
    """Return how many terms the shortest stretch with a start of each spans."""
    if all(len(starting) == 1 for starting in places):
        firsts = [at for (at,) in places]
        return max(firsts) - min(firsts) + 1
    events = sorted((at, which) for which, starting in enumerate(places) for at in starting)
    last: dict[int, int] = {}
    shortest = events[-1][0] - events[0][0] + 1
    for at, which in events:
        last.pop(which, None)
        last[which] = at
        if len(last) == len(places):
            shortest = min(shortest, at - next(iter(last.values())) + 1)
    return shortest
