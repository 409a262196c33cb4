"""What a query means for an item. The databases answer with the same items, whatever their ways.

A word or phrase stands in the title, the body or the caption, in one of its sequences of index
terms; none runs across from one of these to the next.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

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

_MARK = "|"


class ItemTerms:
    """The index terms of an item, in order, in its title, its body and its caption.

    All are kept in one string, split by blanks, where a sequence is found fast; a mark between two
    texts, which no term can be, keeps a sequence from running across.
    """

    __slots__ = ("body_end", "text", "title_end")

    def __init__(self, title: str, body: str, caption: str) -> None:
        """Take three texts, each of terms that are split by single blanks."""
        self.text = f" {title} {_MARK} {body} {_MARK} {caption} "
        self.title_end = len(title) + 1
        """Where in `text` the body begins, for what starts there."""
        self.body_end = self.title_end + len(body) + len(_MARK) + 2
        """Where the caption begins."""

    @property
    def texts(self) -> list[str]:
        """The terms of title, body and caption, split by blanks."""
        return [text.strip() for text in self.text.split(_MARK)]

    def has(self, sequence: tuple[str, ...]) -> bool:
        """Say whether one of the texts has the sequence."""
        return padded(sequence) in self.text

    def title_length(self) -> int:
        """Return how many terms the title has; 1 for an empty one."""
        return self.text.count(" ", 0, self.title_end)

    def different(self) -> set[str]:
        """Return the terms that there are."""
        return set(self.text.split()) - {_MARK}


@lru_cache(maxsize=4096)
def padded(sequence: tuple[str, ...]) -> str:
    """Return what stands in `ItemTerms.text` wherever one of the texts has the sequence."""
    return f" {' '.join(sequence)} "


def item_terms(item: Item) -> ItemTerms:
    """Return what is searched of an item: its summary counts where it has no body."""
    caption = "\n".join(text for text in (item.caption, item.photo_credit) if text)
    texts = (item.title, item.body or item.summary, caption)
    return ItemTerms(*(" ".join(analyse(text, item.lang)) for text in texts))


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
