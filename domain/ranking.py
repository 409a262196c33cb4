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

from domain.matching import NOWHERE, ItemTerms
from domain.query.tree import And, CountryIs, Node, Or, Phrase, TopicIs, Word

Label = TopicIs | CountryIs
_Sequence = tuple[str, ...]
_Places = tuple[Sequence[int], ...]

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
    found: dict[_Sequence, _Places] = field(default_factory=dict)
    """Where sequences start that were looked up."""

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
        return mean + self._nearness(parts) if min(scores) > 0 else _SOME * mean

    def _either(self, parts: Sequence[Node]) -> float | None:
        """Count the best alternative most, and beside them the label that they are names of."""
        scores = sorted(self._scores(parts), reverse=True)
        if not scores:
            return None
        labelled = any(isinstance(part, Label) and self.carries(part) for part in parts)
        return scores[0] + _OTHERS * sum(scores[1:]) + _LABEL * labelled

    def _scores(self, parts: Iterable[Node]) -> list[float]:
        return [one for part in parts if (one := self.of(part)) is not None]

    def _in_text(self, sequences: Sequence[_Sequence], own: int | None) -> float:
        if own is None:
            return self._worth(sequences)
        return max(self._worth(sequences[:own]), _AKIN * self._worth(sequences[own:]))

    def _worth(self, sequences: Iterable[_Sequence]) -> float:
        total = 0.0
        for text, starting in enumerate(self._places(sequences)):
            if found := len(starting):
                total += _WEIGHTS[text] * (1 + _REPEATED * (1 - 1 / found))
                if text == _TITLE:
                    total += _TITLE_FOCUS * found / self.terms.title_length()
        return total

    def _places(self, sequences: Iterable[_Sequence]) -> _Places:
        """Return where one of the sequences starts, for each text."""
        places: list[_Places] = []
        for sequence in sequences:
            starting = self.found.get(sequence)
            if starting is None:
                starting = self.found[sequence] = self.terms.starts(sequence)
            if starting is not NOWHERE:
                places.append(starting)
        if len(places) < 2:
            return places[0] if places else NOWHERE
        return tuple(list(set().union(*text)) for text in zip(*places, strict=True))

    def _nearness(self, parts: Iterable[Node]) -> float:
        """Return what the words and phrases among the parts gain by standing close together."""
        wanted = [self._places(words) for part in parts if (words := _sequences(part))]
        if len(wanted) < 2:
            return 0.0
        gained = 0.0
        for text, bonus in zip((_TITLE, _BODY), _NEARNESS, strict=True):
            starting = [places[text] for places in wanted]
            if all(starting):
                gained = max(gained, bonus * len(wanted) / max(_window(starting), len(wanted)))
        return gained


def _sequences(part: Node) -> tuple[_Sequence, ...]:
    """Return a word's or phrase's sequences, also those of the words of a name."""
    match part:
        case Word(sequences=sequences) | Phrase(sequences=sequences):
            return sequences
        case Or(parts=(TopicIs() | CountryIs(), (Word() | Phrase()) as words, *_)):
            return words.sequences
        case _:
            return ()


def _window(places: Sequence[Sequence[int]]) -> int:
    """Return how many terms the shortest stretch with a start of each spans."""
    if all(len(starting) == 1 for starting in places):
        alone = [at for (at,) in places]
        return max(alone) - min(alone) + 1
    events = sorted((at, which) for which, starting in enumerate(places) for at in starting)
    last: dict[int, int] = {}
    shortest = events[-1][0] - events[0][0] + 1
    for at, which in events:
        last.pop(which, None)
        last[which] = at
        if len(last) == len(places):
            shortest = min(shortest, at - next(iter(last.values())) + 1)
    return shortest
