"""Decides what topics an item is about, and can say why.

Evidence in the title weighs most, then the first words of the body, then the rest; captions do not
count. An item has a topic when the weights of its evidence reach `THRESHOLD`, and with a topic it
has the topics above it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from domain.evidence import EXACT, evidence_terms, plain_terms, sides
from domain.nearness import near_pairs
from domain.phrases import Found, PhraseIndex
from domain.taxonomy import Evidence, Taxonomy
from domain.text import paragraphs
from domain.text.stems import LANGUAGES

THRESHOLD = 2.0
MOST_REST = 1.5
"""What all evidence after the start weighs at most: it is not what an item is about."""
LEAD_TERMS = 60
"""How many terms of a body are its start at least, which tells what the item is about."""
LONGEST_LEAD = 120
"""How many terms the start has at most, where the first paragraph is long."""
_TERM_LETTERS = 16
"""More than the letters of most words, with the blank after them."""


class Part(StrEnum):
    """Where in an item evidence stands."""

    TITLE = "title"
    LEAD = "lead"
    REST = "rest"


class _Force(Enum):
    """How much a phrase says in each part."""

    STRONG = (3.0, 2.0, 0.5)
    LIKELY = (2.2, 1.2, 0.3)
    WEAK = (1.5, 0.6, 0.2)
    NONE = (0.0, 0.0, 0.0)
    """Evidence inside the phrase means something else."""

    def weight(self, part: Part) -> float:
        title, lead, rest = self.value
        return {Part.TITLE: title, Part.LEAD: lead, Part.REST: rest}[part]


NEAR = 10
"""How many terms the sides of a phrase that has two are less apart than."""
CLOSE = 4
"""The same for a phrase that excludes."""
_COUNTED = 2
"""How often the same phrase counts in one part."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item has a topic: one phrase that was found."""

    topic: str
    phrase: str
    part: Part
    weight: float
    weak: bool = False
    """True for a phrase that only counts together with others."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a phrase says: evidence for a topic, or that there is none inside it."""

    topic: str | None
    """None: for every topic."""
    phrase: str
    force: _Force
    side: int | None = None
    """Which side of a phrase with two it is: 0 or 1; None for a plain phrase."""


class TopicFinder:
    """Finds the topics of texts by one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._indexes: dict[str, _Evidence] = {}

    def find(
        self, title: tuple[str, str], body: tuple[str, str]
    ) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
        """Return topics in the taxonomy's order and the reasons, heaviest first.

        `title` and `body` are each a text and its language.
        """
        titled = self._reasons(*title, lead=None)
        told = self._reasons(*body, lead=_lead(*body))
        reasons = titled if self._astray(titled, told) else [*titled, *told]
        weights = _weights(reasons)
        chosen = {topic for topic, weight in weights.items() if weight >= THRESHOLD}
        kept = sorted(
            (reason for reason in reasons if reason.topic in chosen),
            key=lambda reason: -reason.weight,
        )
        return self._taxonomy.in_order(chosen), tuple(kept)

    def _astray(self, titled: Sequence[Reason], told: Sequence[Reason]) -> bool:
        """Say whether a body stands under a wrong title: each is on a subject of its own alone."""
        mine, others = self._subjects(_weights(titled)), self._subjects(_weights(told))
        return (
            any(weight >= THRESHOLD for weight in mine.values())
            and any(weight >= THRESHOLD for weight in others.values())
            and mine.keys().isdisjoint(others)
        )

    def _subjects(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return what the subjects among topics, or the topics under them, weigh at most."""
        found: dict[str, float] = {}
        for slug, weight in weights.items():
            for above in (slug, *self._taxonomy.ancestors(slug)):
                topic = self._taxonomy.get(above)
                if topic is not None and topic.subject:
                    found[above] = max(weight, found.get(above, 0.0))
        return found

    def _reasons(self, text: str, lang: str, lead: int | None) -> list[Reason]:
        lang = _known(lang)
        index = self._index(lang)
        terms = evidence_terms(text, lang)
        found = index.stemmed.find(terms) + index.exact.find(plain_terms(text))
        matches = sorted(found, key=lambda one: (one.start, -one.end))
        hidden = _hidden(matches)
        spoken = [
            match
            for match in matches
            if match.value.force is not _Force.NONE and not hidden.hides(match.value.topic, match)
        ]
        seen: Counter[tuple[str, Part]] = Counter()
        reasons = []
        for start, mark in (*_plain(spoken), *_paired(spoken)):
            part = Part.TITLE if lead is None else Part.LEAD if start < lead else Part.REST
            seen[mark.phrase, part] += 1
            if mark.topic is not None and seen[mark.phrase, part] <= _COUNTED:
                weight = mark.force.weight(part)
                reasons.append(
                    Reason(mark.topic, mark.phrase, part, weight, mark.force is _Force.WEAK)
                )
        return reasons

    def _index(self, lang: str) -> "_Evidence":
        if lang not in self._indexes:
            self._indexes[lang] = _Evidence(self._taxonomy, lang)
        return self._indexes[lang]


class _Evidence:
    """What speaks for and against all topics in one language."""

    def __init__(self, taxonomy: Taxonomy, lang: str) -> None:
        self.stemmed: PhraseIndex[_Mark] = PhraseIndex()
        self.exact: PhraseIndex[_Mark] = PhraseIndex()
        """Phrases that stand for the very form that is given, as words of a text."""
        for phrase in taxonomy.ignored.get(lang, ()):
            self._add(_Mark(None, phrase, _Force.NONE), lang)
        for topic in taxonomy:
            evidence = topic.evidence.get(lang, Evidence())
            for force, phrases in (
                (_Force.NONE, evidence.excluded),
                (_Force.STRONG, evidence.strong),
                (_Force.LIKELY, evidence.likely),
                (_Force.WEAK, evidence.weak),
            ):
                for phrase in phrases:
                    self._add(_Mark(topic.slug, phrase, force), lang)

    def _add(self, mark: _Mark, lang: str) -> None:
        found = sides(mark.phrase)
        for number, side in enumerate(found):
            placed = replace(mark, side=number) if len(found) > 1 else mark
            for part in side:
                if part.startswith(EXACT):
                    self.exact.add(plain_terms(part), placed)
                else:
                    self.stemmed.add(evidence_terms(part, lang), placed)


class _Hidden:
    """Where evidence means something else, by topic; None stands for every topic."""

    def __init__(self, spans: Sequence[tuple[str | None, int, int]]) -> None:
        self._starts: dict[str | None, list[int]] = {}
        self._reach: dict[str | None, list[int]] = {}
        for topic, start, end in sorted(spans, key=lambda span: span[1]):
            reach = self._reach.setdefault(topic, [])
            reach.append(max(end, reach[-1] if reach else 0))
            self._starts.setdefault(topic, []).append(start)

    def hides(self, topic: str | None, match: Found[_Mark]) -> bool:
        """Say whether a match lies inside a longer phrase that excludes it."""
        for owner in (None, topic):
            before = bisect_right(self._starts.get(owner, ()), match.start)
            if before and self._reach[owner][before - 1] >= match.end:
                return True
        return False


def _weights(reasons: Sequence[Reason]) -> dict[str, float]:
    """Return what each topic weighs. A weak phrase in several parts counts once."""
    weights: dict[str, float] = {}
    rests: dict[str, float] = {}
    heaviest: dict[tuple[str, str], float] = {}
    for reason in reasons:
        weight = reason.weight
        if reason.weak:
            known = heaviest.get((reason.topic, reason.phrase), 0.0)
            heaviest[reason.topic, reason.phrase] = max(known, weight)
            weight = max(weight - known, 0.0)
        if reason.part is Part.REST:
            held = rests.get(reason.topic, 0.0)
            rests[reason.topic] = min(held + weight, MOST_REST)
            weight = rests[reason.topic] - held
        weights[reason.topic] = weights.get(reason.topic, 0.0) + weight
    return weights


def _hidden(matches: Sequence[Found[_Mark]]) -> _Hidden:
    excluding = [match for match in matches if match.value.force is _Force.NONE]
    hiding = [match for match in excluding if match.value.side is None]
    hiding += [match for match, _ in _pairs(excluding, CLOSE)]
    return _Hidden([(match.value.topic, match.start, match.end) for match in hiding])


def _plain(matches: Sequence[Found[_Mark]]) -> Iterator[tuple[int, _Mark]]:
    """Yield the longest plain phrases of each topic."""
    covered: Counter[str | None] = Counter()
    for match in matches:
        mark = match.value
        if mark.side is None and match.end > covered[mark.topic]:
            covered[mark.topic] = match.end
            yield match.start, mark


def _paired(matches: Sequence[Found[_Mark]]) -> Iterator[tuple[int, _Mark]]:
    """Yield each phrase with two sides once, where it first has both."""
    done: set[tuple[str | None, str]] = set()
    for left, right in _pairs(matches, NEAR):
        key = (left.value.topic, left.value.phrase)
        if key not in done:
            done.add(key)
            yield min(left.start, right.start), left.value


def _pairs(
    matches: Sequence[Found[_Mark]], near: int
) -> Iterator[tuple[Found[_Mark], Found[_Mark]]]:
    return near_pairs(matches, near, lambda mark: ((mark.topic, mark.phrase), mark.side))


def _known(lang: str) -> str:
    """Return a language that has evidence; texts in an unknown one are taken as English."""
    return lang if lang in LANGUAGES else "en"


def _lead(body: str, lang: str) -> int:
    """Return how many terms of a body are its start: the first paragraph, within bounds."""
    first = next(iter(paragraphs(body[: LONGEST_LEAD * _TERM_LETTERS])), "")
    return min(max(LEAD_TERMS, len(evidence_terms(first, _known(lang)))), LONGEST_LEAD)
