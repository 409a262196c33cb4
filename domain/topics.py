"""Decides what topics an item is about, and can say why.

Evidence in the title weighs most, then the first words of the body, then the rest; captions do not
count. An item has a topic when the weights of its evidence reach `THRESHOLD`, and with a topic it
has the topics above it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.phrases import PhraseIndex
from domain.taxonomy import Taxonomy
from domain.text import analyse, paragraphs
from domain.text.stems import LANGUAGES

THRESHOLD = 2.0
LEAD_TERMS = 60
"""How many terms of a body are its start at least, which tells what the item is about."""
LONGEST_LEAD = 120
"""How many terms the start has at most, where the first paragraph is long."""


class Part(StrEnum):
    """Where in an item evidence stands."""

    TITLE = "title"
    LEAD = "lead"
    REST = "rest"


_STRONG = {Part.TITLE: 3.0, Part.LEAD: 2.0, Part.REST: 0.5}
_WEAK = {Part.TITLE: 1.5, Part.LEAD: 0.6, Part.REST: 0.2}
_COUNTED = 2
"""How often the same phrase counts in one part."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item has a topic: one phrase that was found."""

    topic: str
    phrase: str
    part: Part
    weight: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a phrase says: evidence for a topic, or that there is none inside it."""

    topic: str | None
    """None: for every topic."""
    phrase: str
    strong: bool
    excludes: bool = False


class TopicFinder:
    """Finds the topics of texts by one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._indexes: dict[str, PhraseIndex[_Mark]] = {}

    def find(
        self, title: tuple[str, str], body: tuple[str, str]
    ) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
        """Return topics in the taxonomy's order and the reasons, heaviest first.

        `title` and `body` are each a text and its language.
        """
        reasons = [
            *self._reasons(analyse(*title), title[1], lead=None),
            *self._reasons(analyse(*body), body[1], lead=_lead(*body)),
        ]
        weights: dict[str, float] = {}
        for reason in reasons:
            weights[reason.topic] = weights.get(reason.topic, 0.0) + reason.weight
        chosen = {topic for topic, weight in weights.items() if weight >= THRESHOLD}
        kept = sorted(
            (reason for reason in reasons if reason.topic in chosen),
            key=lambda reason: -reason.weight,
        )
        return self._taxonomy.in_order(chosen), tuple(kept)

    def _reasons(self, terms: Sequence[str], lang: str, lead: int | None) -> list[Reason]:
        index = self._index(lang)
        covered: Counter[str | None] = Counter()
        seen: Counter[tuple[str, Part]] = Counter()
        reasons = []
        found = sorted(
            index.find(terms), key=lambda match: (match.start, -match.end, not match.value.excludes)
        )
        for match in found:
            mark = match.value
            if match.end <= max(covered[None], covered[mark.topic]):
                continue
            covered[mark.topic] = match.end
            if mark.excludes or mark.topic is None:
                continue
            part = Part.TITLE if lead is None else Part.LEAD if match.start < lead else Part.REST
            seen[mark.phrase, part] += 1
            if seen[mark.phrase, part] <= _COUNTED:
                weight = (_STRONG if mark.strong else _WEAK)[part]
                reasons.append(Reason(mark.topic, mark.phrase, part, weight))
        return reasons

    def _index(self, lang: str) -> PhraseIndex[_Mark]:
        """Return the evidence in a language; texts in an unknown one are taken as English."""
        lang = lang if lang in LANGUAGES else "en"
        if lang not in self._indexes:
            self._indexes[lang] = self._build(lang)
        return self._indexes[lang]

    def _build(self, lang: str) -> PhraseIndex[_Mark]:
        index: PhraseIndex[_Mark] = PhraseIndex()
        for phrase in self._taxonomy.ignored.get(lang, ()):
            index.add(analyse(phrase, lang), _Mark(None, phrase, strong=False, excludes=True))
        for topic in self._taxonomy:
            evidence = topic.evidence.get(lang)
            if evidence is None:
                continue
            for phrase in evidence.excluded:
                mark = _Mark(topic.slug, phrase, strong=False, excludes=True)
                index.add(analyse(phrase, lang), mark)
            for phrase in evidence.strong:
                index.add(analyse(phrase, lang), _Mark(topic.slug, phrase, strong=True))
            for phrase in evidence.weak:
                index.add(analyse(phrase, lang), _Mark(topic.slug, phrase, strong=False))
        return index


def _lead(body: str, lang: str) -> int:
    """Return how many terms of a body are its start: the first paragraph, within bounds."""
    first = next(iter(paragraphs(body)), "")
    return min(max(LEAD_TERMS, len(analyse(first, lang))), LONGEST_LEAD)
