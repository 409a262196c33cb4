"""What a query means for an item. The databases answer with the same items, whatever their ways.

A word or phrase stands in the title, the body or the caption, in one of its sequences of index
terms; none runs across from one of these to the next.
"""

from collections.abc import Callable, Iterable
from datetime import date

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


class ItemTerms:
    """The index terms of an item, in order, in its title, its body and its caption.

    The terms of a text are kept as one string, split by blanks, where a sequence is found fast.
    """

    __slots__ = ("texts",)

    def __init__(self, title: Iterable[str], body: Iterable[str], caption: Iterable[str]) -> None:
        self.texts = (_padded(title), _padded(body), _padded(caption))
        """Title, body and caption, with a blank before and after each term."""

    @classmethod
    def of_texts(cls, title: str, body: str, caption: str) -> "ItemTerms":
        """Return the terms that three texts hold, each split by single blanks."""
        terms = cls.__new__(cls)
        terms.texts = (f" {title} ", f" {body} ", f" {caption} ")
        return terms

    def starts(self, sequence: tuple[str, ...], field: int) -> list[int]:
        """Return how many terms stand before each place where a text has the sequence."""
        text, wanted = self.texts[field], _padded(sequence)
        at = text.find(wanted)
        found: list[int] = []
        before = last = 0
        while at >= 0:
            before += text.count(" ", last, at)
            found.append(before)
            last = at
            at = text.find(wanted, at + 1)
        return found

    def has(self, sequence: tuple[str, ...]) -> bool:
        """Say whether one of the texts has the sequence."""
        wanted = _padded(sequence)
        title, body, caption = self.texts
        return wanted in title or wanted in body or wanted in caption

    def length(self, field: int) -> int:
        """Return how many terms a text that is not empty has."""
        return self.texts[field].count(" ") - 1

    def words(self) -> set[str]:
        """Return the different terms."""
        return set(" ".join(self.texts).split())


def _padded(terms: Iterable[str]) -> str:
    return f" {' '.join(terms)} "


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
            return any(terms.has(sequence) for sequence in sequences)
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


def _is_in(day: date, first: date | None, after_last: date | None) -> bool:
    return (first is None or first <= day) and (after_last is None or day < after_last)
