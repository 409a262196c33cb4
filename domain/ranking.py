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
from dataclasses import dataclass, field

from domain.matching import ItemTerms, padded
from domain.query.tree import And, CountryIs, Node, Or, Phrase, TopicIs, Word

Label = TopicIs | CountryIs

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
_IN_TITLE, _IN_BODY = 0.5, 0.2
"""What words that stand side by side add in the title and in the body."""
_DIGITS = 6


class Ranker:
    """Weighs items against one query, which is made ready once for all of them."""

    def __init__(self, tree: Node) -> None:
        self._evidence = _made_ready(tree)

    def score(
        self, terms: ItemTerms, carries: Callable[[Label], bool] = lambda _label: False
    ) -> float:
        """Return how well an item answers the query: 0 for no evidence, with six decimals.

        `carries` tells whether the item has a topic or country. The same for the same arguments on
        every machine and database.
        """
        if self._evidence is None:
            return 0.0
        return round(self._evidence.score(_Text(terms, carries)), _DIGITS)


@dataclass(slots=True)
class _Text:
    """A text whose evidence is weighed; what is looked up once is kept."""

    terms: ItemTerms
    carries: Callable[[Label], bool]
    found: "dict[_Leaf, tuple[float, Sequence[int]]]" = field(default_factory=dict)


class _Leaf:
    """A word or phrase."""

    __slots__ = ("_akin", "_factor", "_own")

    def __init__(self, leaf: Word | Phrase) -> None:
        wanted = [padded(sequence) for sequence in leaf.sequences]
        self._own = wanted[: leaf.own]
        self._akin = [] if leaf.own is None else wanted[leaf.own :]
        self._factor = _PHRASE if isinstance(leaf, Phrase) else 1.0

    def score(self, text: _Text) -> float:
        return self._factor * self.look_up(text)[0]

    def look_up(self, text: _Text) -> tuple[float, Sequence[int]]:
        """Return what it is worth, and where it starts, in letters.

        Looks for the word itself, and where it is not for what means the same.
        """
        found = text.found.get(self)
        if found is None:
            terms = text.terms
            if places := _starts(terms.text, self._own):
                found = _worth(places, terms), places
            elif self._akin and (places := _starts(terms.text, self._akin)):
                found = _AKIN * _worth(places, terms), places
            else:
                found = 0.0, ()
            text.found[self] = found
        return found


class _All:
    """Parts that all count, and more where they stand close together."""

    __slots__ = ("_leaves", "_parts")

    def __init__(self, parts: "Sequence[_Evidence]", leaves: Sequence[_Leaf]) -> None:
        self._parts = parts
        self._leaves = leaves if len(leaves) > 1 else ()

    def score(self, text: _Text) -> float:
        scores = [part.score(text) for part in self._parts]
        mean = sum(scores) / len(scores)
        if min(scores) <= 0:
            return _SOME * mean
        return mean + self._nearness(text) if self._leaves else mean

    def _nearness(self, text: _Text) -> float:
        """Return what the leaves gain by standing close together in the title or the body."""
        wanted = [leaf.look_up(text)[1] for leaf in self._leaves]
        terms = text.terms
        gained = 0.0
        if all(min(places, default=terms.title_end) < terms.title_end for places in wanted):
            gained = _IN_TITLE * _closeness(wanted, 0, terms.title_end, terms.text)
        if gained < _IN_BODY:
            in_body = _closeness(wanted, terms.title_end, terms.body_end, terms.text)
            gained = max(gained, _IN_BODY * in_body)
        return gained


class _Either:
    """Alternatives, of which the best one counts most, and the labels that they are names of."""

    __slots__ = ("_labels", "_parts", "name")

    def __init__(
        self, parts: "Sequence[_Evidence]", labels: Sequence[Label], name: _Leaf | None
    ) -> None:
        self._parts = parts
        self._labels = labels
        self.name = name
        """What a topic or country stands in a text with."""

    def score(self, text: _Text) -> float:
        scores = sorted((part.score(text) for part in self._parts), reverse=True)
        labelled = any(map(text.carries, self._labels))
        return scores[0] + _OTHERS * sum(scores[1:]) + _LABEL * labelled


_Evidence = _Leaf | _All | _Either


def _made_ready(tree: Node) -> _Evidence | None:
    """Return what a part of a query finds evidence by; None for a part that cannot have any."""
    match tree:
        case Word() | Phrase():
            return _Leaf(tree)
        case And(parts=parts):
            evidence = _all_made_ready(parts)
            named = (one.name if isinstance(one, _Either) else one for one in evidence)
            leaves = [one for one in named if isinstance(one, _Leaf)]
            return _All(evidence, leaves) if evidence else None
        case Or(parts=parts):
            evidence = _all_made_ready(parts)
            labels = [part for part in parts if isinstance(part, Label)]
            first = evidence[0] if evidence else None
            is_name = isinstance(parts[0], Label) and isinstance(parts[1], Word | Phrase)
            name = first if is_name and isinstance(first, _Leaf) else None
            return _Either(evidence, labels, name) if evidence else None
        case _:
            return None


def _all_made_ready(parts: Iterable[Node]) -> list[_Evidence]:
    return [ready for part in parts if (ready := _made_ready(part)) is not None]


def _starts(text: str, wanted: Sequence[str]) -> Sequence[int]:
    """Return where what is wanted starts, each place once."""
    places: list[int] = []
    several = False
    for one in wanted:
        at = text.find(one)
        several = several or (at >= 0 and bool(places))
        while at >= 0:
            places.append(at)
            at = text.find(one, at + 1)
    return list(set(places)) if several else places


def _worth(places: Sequence[int], terms: ItemTerms) -> float:
    """Return what a word or phrase is worth that starts at these places."""
    if len(places) == 1:
        (at,) = places
        if at >= terms.title_end:
            return _WEIGHTS[1 if at < terms.body_end else 2]
        return _WEIGHTS[0] + _TITLE_FOCUS / terms.title_length()
    in_title = in_caption = 0
    for at in places:
        if at < terms.title_end:
            in_title += 1
        elif at >= terms.body_end:
            in_caption += 1
    total = 0.0
    counts = (in_title, len(places) - in_title - in_caption, in_caption)
    for weight, found in zip(_WEIGHTS, counts, strict=True):
        if found:
            total += weight * (1 + _REPEATED * (1 - 1 / found))
    return total + _TITLE_FOCUS * in_title / terms.title_length() if in_title else total


def _closeness(places: Sequence[Sequence[int]], start: int, end: int, text: str) -> float:
    """Return 1 where one of each stands side by side between two places, 0 where one is missing."""
    if all(len(found) == 1 for found in places):
        firsts = [at for (at,) in places]
        first, last = min(firsts), max(firsts)
        if first < start or last >= end:
            return 0
        window = text.count(" ", first, last) + 1
    else:
        inside = [[at for at in found if start <= at < end] for found in places]
        if not all(inside):
            return 0
        window = _window(inside, text)
    return len(places) / max(window, len(places))


def _window(places: Sequence[Sequence[int]], text: str) -> int:
    """Return how many terms the shortest stretch with a start of each spans."""
    events = sorted((at, which) for which, starting in enumerate(places) for at in starting)
    last: dict[int, int] = {}
    number = before = 0
    shortest = len(text)
    for at, which in events:
        number += text.count(" ", before, at)
        before = at
        last.pop(which, None)
        last[which] = number
        if len(last) == len(places):
            shortest = min(shortest, number - next(iter(last.values())) + 1)
    return shortest
