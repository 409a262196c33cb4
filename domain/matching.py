"""What a query means for an item. The databases answer with the same items, whatever their ways.

A word or phrase stands in the title, the body or the caption, in one of its sequences of index
terms; none runs across from one of these to the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.model import Item
from domain.query.tree import (
    Age,
    And,
    CountryIs,
    Everything,
    KindIs,
    LangIs,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    PublishedIn,
    SourceIs,
    TopicIs,
    Word,
)
from domain.text import analyse


@dataclass(frozen=True)
class ItemTerms:
    """The index terms of an item, in order."""

    title: Sequence[str]
    body: Sequence[str]
    caption: Sequence[str]

    @cached_property
    def places(self) -> tuple[dict[str, list[int]], ...]:
        """Where each term stands, for title, body and caption."""
        return tuple(_places(terms) for terms in (self.title, self.body, self.caption))


def item_terms(item: Item) -> ItemTerms:
    """Return what is searched of an item: its summary counts where it has no body."""
    caption = "\n".join(text for text in (item.caption, item.photo_credit) if text)
    return ItemTerms(
        title=analyse(item.title, item.lang),
        body=analyse(item.body or item.summary, item.lang),
        caption=analyse(caption, item.lang),
    )


def matches(tree: Node, item: Item, terms: ItemTerms, today: date) -> bool:
    """Say whether a query matches an item with these `item_terms`, on a day (UTC)."""
    return _matches(tree, lambda leaf: _holds(leaf, item, terms, today))


def starts(
    sequence: Sequence[str], terms: Sequence[str], places: dict[str, list[int]]
) -> list[int]:
    """Return where a sequence of terms starts in a text whose terms stand at `places`."""
    length = len(sequence)
    found = places.get(sequence[0], [])
    if length == 1:
        return found
    if any(term not in places for term in sequence):
        return []
    wanted = list(sequence)
    return [at for at in found if list(terms[at : at + length]) == wanted]


def _places(terms: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, term in enumerate(terms):
        places.setdefault(term, []).append(at)
    return places


def _matches(tree: Node, holds: Callable[[Leaf], bool]) -> bool:
    match tree:
        case Everything():
            return True
        case And(parts=parts):
            return all(_matches(part, holds) for part in parts)
        case Or(parts=parts):
            return any(_matches(part, holds) for part in parts)
        case Not(part=part):
            return not _matches(part, holds)
        case _:
            return holds(tree)


def _holds(leaf: Leaf, item: Item, terms: ItemTerms, today: date) -> bool:
    match leaf:
        case Word(sequences=sequences) | Phrase(sequences=sequences):
            return any(_stands(sequence, terms) for sequence in sequences)
        case TopicIs(slug=slug):
            return slug in item.topics
        case KindIs(kind=kind):
            return item.kind is kind
        case LangIs(code=code):
            return item.lang == code
        case CountryIs(codes=codes):
            return not codes.isdisjoint(item.countries)
        case SourceIs(slug=slug):
            return item.source == slug
        case PublishedIn(first=first, after_last=after_last):
            return _is_in(item.published.day, first, after_last)
        case Age(days=days):
            return item.published.day.toordinal() >= today.toordinal() - days


def _stands(sequence: tuple[str, ...], terms: ItemTerms) -> bool:
    fields = (terms.title, terms.body, terms.caption)
    return any(
        starts(sequence, field, places) for field, places in zip(fields, terms.places, strict=True)
    )


def _is_in(day: date, first: date | None, after_last: date | None) -> bool:
    return (first is None or first <= day) and (after_last is None or day < after_last)
