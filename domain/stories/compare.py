"""Decides whether two items tell the same story.

Precision comes before recall: what contradicts keeps items apart, however alike they are, and what
is left must cover most of what the shorter of the two tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.stories.sounds import sound
from domain.stories.traits import Traits

WINDOW = timedelta(days=200)
"""Items further apart are never one story: what comes every year is another one."""
SURE = 1.0
"""The likeness of items with one body, or one title where they have no more."""

_BODY_WORDS = 15
"""A body with fewer words may stand under many titles: `Read more here.`"""
_TITLE_WEIGHT = 2.5
_TITLE_WINDOW = timedelta(days=150)
_TITLE_WINDOW_ACROSS = timedelta(days=31)
_NUMBERS_SHARED = 0.5
_SAME_WORDING = 0.8
_NAME = 1.5
_HOLDS = 1.5
_SAYS = 1.0
_MORE = 0.3
"""What part of a title the other item may leave unsaid."""
_NAMES_COUNTED = 2
"""More names do not count: between near languages, common words look like names."""
_LIKELY = 0.99


@dataclass(frozen=True, slots=True)
class _Demand:
    """What is enough for two items to be one story, at most so many days apart."""

    days: int
    part: float
    """Of the weight of the shorter."""
    weight: float


_DEMANDS = (
    _Demand(days=1, part=0.70, weight=3.0),
    _Demand(days=1, part=0.55, weight=5.0),
    _Demand(days=7, part=0.60, weight=6.0),
    _Demand(days=45, part=0.65, weight=7.0),
    _Demand(days=WINDOW.days, part=0.85, weight=10.0),
)
_DEMANDS_HELD = (
    *_DEMANDS,
    _Demand(days=7, part=0.50, weight=9.0),
    _Demand(days=45, part=0.60, weight=9.0),
    _Demand(days=WINDOW.days, part=0.62, weight=11.0),
    _Demand(days=WINDOW.days, part=0.75, weight=9.0),
)
"""Enough for items that share a number or a day to hold on to."""


def likeness(one: Traits, other: Traits) -> float:
    """Return how surely two items are the same story: 0.0 for apart, up to `SURE`."""
    apart = abs(one.telling.day - other.telling.day)
    if apart > WINDOW or _contradict(one, other):
        return 0.0
    if one.body == other.body and one.body.length >= _BODY_WORDS:
        return SURE
    if _same_title(one, other, apart):
        return SURE
    if _numbers_differ(one, other) or _refilled(one, other) or _about_others(one, other):
        return 0.0
    weight, part = shared(one, other)
    met = any(
        apart.days <= demand.days and weight >= demand.weight and part >= demand.part
        for demand in (_DEMANDS_HELD if _anchored(one, other) else _DEMANDS)
    )
    return min(part, _LIKELY) if met else 0.0


def shared(one: Traits, other: Traits) -> tuple[float, float]:
    """Return the weight of what both items tell, and what part of the shorter one that is."""
    if one.telling.lang == other.telling.lang:
        mine, others = {**one.marks, **one.words}, {**other.marks, **other.words}
        names = 0.0
    else:
        mine, others = dict(one.marks), dict(other.marks)
        names = _NAME * min(_names_shared(one, other), _NAMES_COUNTED)
    weight = names + sum(value for mark, value in mine.items() if mark in others)
    shorter = names + min(sum(mine.values()), sum(others.values()))
    return weight, weight / shorter if shorter else 0.0


def _names_shared(one: Traits, other: Traits) -> int:
    written = one.names & other.names
    heard = (one.sounds & other.sounds) - {sound(name) for name in written}
    return len(written) + len(heard)


def _contradict(one: Traits, other: Traits) -> bool:
    """Say whether two items cannot be one: another place, meeting, year or number in a series."""
    mine, others = one.heading, other.heading
    return (
        _disjoint(one.telling.countries, other.telling.countries)
        or _disjoint(mine.countries, others.countries)
        or _elsewhere(one, other)
        or _elsewhere(other, one)
        or bool(mine.countries - other.countries and others.countries - one.countries)
        or _disjoint(one.years, other.years)
        or _disjoint(mine.numbers, others.numbers)
        or mine.ordinals != others.ordinals
        or _other_days(one, other)
    )


def _elsewhere(one: Traits, other: Traits) -> bool:
    """Say whether a title names countries, and the other item only others."""
    return _disjoint(one.heading.countries, other.countries)


def _other_days(one: Traits, other: Traits) -> bool:
    """Say whether both take place, and not at the same time."""
    mine, others = one.telling, other.telling
    if mine.starts is None or others.starts is None:
        return False
    return mine.starts > (others.ends or others.starts) or others.starts > (
        mine.ends or mine.starts
    )


def same_title_mark(traits: Traits) -> str | None:
    """Return what two items must share for their titles to be the same; None for a weak title."""
    heading = traits.heading
    if _weight(heading.marks, traits.marks) + _weight(heading.words, traits.words) < _TITLE_WEIGHT:
        return None
    words = " ".join(sorted(heading.words))
    return f"title:{' '.join(sorted(heading.marks))}|{words}"


def _same_title(one: Traits, other: Traits, apart: timedelta) -> bool:
    """Say whether a title is repeated, or translated whole, and one of the items is no more.

    A title with words that no thesaurus has is not compared across languages.
    """
    if one.body.length and other.body.length:
        return False
    across = one.telling.lang != other.telling.lang
    if apart > (_TITLE_WINDOW_ACROSS if across else _TITLE_WINDOW):
        return False
    if across and (one.heading.words or other.heading.words):
        return False
    mark = same_title_mark(one)
    return mark is not None and mark == same_title_mark(other)


def _weight(names: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[name] for name in names)


def _numbers_differ(one: Traits, other: Traits) -> bool:
    """Say whether both count, and most of their numbers are not the same."""
    least = min(len(one.numbers), len(other.numbers))
    return bool(least) and len(one.numbers & other.numbers) < _NUMBERS_SHARED * least


def _refilled(one: Traits, other: Traits) -> bool:
    """Say whether one text is the other with other numbers or names filled in.

    The more alike the wording, the more such a difference tells: who says it anew rewords it, and
    who repeats it repeats its numbers and names.
    """
    if one.telling.lang != other.telling.lang:
        return False
    mine, others = _wording(one), _wording(other)
    if len(mine & others) < _SAME_WORDING * min(len(mine), len(others)):
        return False
    counted, recounted = _counted(one), _counted(other)
    return bool(
        (counted - recounted and recounted - counted)
        or (one.countries - other.countries and other.countries - one.countries)
        or (one.unknown_names - other.words.keys() and other.unknown_names - one.words.keys())
    )


def _wording(traits: Traits) -> set[str]:
    """Return the words and meanings of an item, without its numbers, days and names."""
    meanings = {mark for mark in traits.marks if mark.startswith("word:")}
    return meanings | (traits.words.keys() - traits.unknown_names)


def _counted(traits: Traits) -> set[str]:
    return {mark for mark in traits.marks if mark.startswith(("number:", "day:"))}


def _about_others(one: Traits, other: Traits) -> bool:
    """Say whether the titles are about other people, subjects or things.

    Who and what one title is about and the other item never speaks of keeps them apart, unless
    they share a number or day to hold on to, since a version may leave somebody out. What the
    titles say otherwise must differ on both sides.
    """
    mine = one.heading.about - other.marks.keys()
    others = other.heading.about - one.marks.keys()
    if mine and others:
        return True
    if _anchored(one, other):
        return False
    if mine or others or (_names_more(one, other) and _names_more(other, one)):
        return True
    return _says_more(one, other) and _says_more(other, one)


def _names_more(one: Traits, other: Traits) -> bool:
    """Say whether a title has a name that the other item, in the same language, never has."""
    return one.telling.lang == other.telling.lang and not one.heading.names <= other.words.keys()


def _says_more(one: Traits, other: Traits) -> bool:
    """Say whether much of a title is what the other item never says."""
    alike = one.telling.lang == other.telling.lang
    said = {mark: one.marks[mark] for mark in one.heading.marks if one.marks[mark] >= _SAYS}
    said |= {word: one.words[word] for word in one.heading.words if alike}
    missing = sum(
        weight
        for name, weight in said.items()
        if name not in (other.words if name in one.heading.words else other.marks)
    )
    return missing > _MORE * sum(said.values())


def _anchored(one: Traits, other: Traits) -> bool:
    return any(
        mark in other.marks
        for mark, weight in one.marks.items()
        if mark.startswith(("number:", "day:")) and weight >= _HOLDS
    )


def _disjoint(one: frozenset[str] | frozenset[int], other: frozenset[str] | frozenset[int]) -> bool:
    """Say whether both sets hold something, and nothing that is in both."""
    return bool(one) and bool(other) and not one & other
