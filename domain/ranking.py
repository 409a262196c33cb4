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

from domain.matching import NOWHERE, ItemTerms
from domain.query.tree import And, CountryIs, Node, Or, Phrase, TopicIs, Word

Label = TopicIs | CountryIs

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
_LABEL = 0.7
"""What the topic or country itself is worth beside its name."""
_AKIN = 0.7
"""What is left of the worth of a word that only means the same."""
_NEARNESS = (0.5, 0.2)
"""What words that stand side by side add in the title and in the body."""
_DIGITS = 6

_Sequences = tuple[tuple[str, ...], ...]
_Places = Sequence[Sequence[int]]
"""Where something starts in the title, in the body and in the caption."""


def score(
    tree: Node, terms: ItemTerms, carries: Callable[[Label], bool] = lambda _label: False
) -> float:
    """Return how well an item answers the query: 0 for no evidence, with six decimals.

    `carries` tells whether the item has a topic or country. The same for the same arguments on
    every machine and database.
    """
    return round(_Text(terms, carries).score(tree) or 0.0, _DIGITS)


class _Text:
    """A text whose evidence is weighed; what is looked up once is kept."""

    def __init__(self, terms: ItemTerms, carries: Callable[[Label], bool]) -> None:
        self._terms = terms
        self._carries = carries
        self._found: dict[int, tuple[float, _Places]] = {}

    def score(self, tree: Node) -> float | None:
        """Return the evidence for a part; None for a part that cannot have any."""
        match tree:
            case Word():
                return self._looked_up(tree)[0]
            case Phrase():
                return _PHRASE * self._looked_up(tree)[0]
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
        """Count the best alternative most, and beside them the label that they are names of."""
        scores = sorted(self._scores(parts), reverse=True)
        if not scores:
            return None
        labelled = any(isinstance(part, Label) and self._carries(part) for part in parts)
        return scores[0] + _OTHERS * sum(scores[1:]) + _LABEL * labelled

    def _scores(self, parts: Iterable[Node]) -> list[float]:
        return [one for part in parts if (one := self.score(part)) is not None]

    def _looked_up(self, leaf: Word | Phrase) -> tuple[float, _Places]:
        """Return what a word or phrase is worth, and where it starts."""
        # By its address, as a tree is slow to hash; the query keeps it alive.
        found = self._found.get(id(leaf))
        if found is None:
            found = self._found[id(leaf)] = self._own_or_akin(leaf)
        return found

    def _own_or_akin(self, leaf: Word | Phrase) -> tuple[float, _Places]:
        """Look for the word itself, and where it is not for what means the same."""
        own = self._places(leaf.sequences[: leaf.own])
        if leaf.own is None or own is not NOWHERE:
            return self._worth(own), own
        akin = self._places(leaf.sequences[leaf.own :])
        return _AKIN * self._worth(akin), akin

    def _worth(self, places: _Places) -> float:
        total = 0.0
        for field, starting in enumerate(places):
            if found := len(starting):
                total += _WEIGHTS[field] * (1 + _REPEATED * (1 - 1 / found))
                if field == _TITLE:
                    total += _TITLE_FOCUS * found / self._terms.title_length()
        return total

    def _places(self, sequences: _Sequences) -> _Places:
        """Return where one of the sequences starts, for each text."""
        starts = self._terms.starts
        each = [found for one in sequences if (found := starts(one)) is not NOWHERE]
        if len(each) < 2:
            return each[0] if each else NOWHERE
        return [_united(places) for places in zip(*each, strict=True)]

    def _nearness(self, parts: Iterable[Node]) -> float:
        """Return what the words and phrases among the parts gain by standing close together."""
        wanted = [self._looked_up(leaf)[1] for part in parts if (leaf := _leaf(part))]
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


def _leaf(part: Node) -> Word | Phrase | None:
    """Return a word or phrase, also the one that a name stands in a text with."""
    match part:
        case Word() | Phrase():
            return part
        case Or(parts=(TopicIs() | CountryIs(), (Word() | Phrase()) as leaf, *_)):
            return leaf
        case _:
            return None


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
