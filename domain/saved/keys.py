"""What saved queries are found by: the terms of an item's texts, and labels for its filters.

A label has a colon, which no index term has.
"""

from domain.matching import ItemTerms
from domain.model import Item
from domain.query.tree import (
    Age,
    CountryIs,
    KindIs,
    LangIs,
    Leaf,
    Phrase,
    PublishedIn,
    SourceIs,
    TopicIs,
    Word,
)


def item_keys(item: Item, terms: ItemTerms) -> set[str]:
    """Return the keys that an item has."""
    keys = terms.different()
    keys.update((f"kind:{item.kind.value}", f"lang:{item.lang}", f"source:{item.source}"))
    keys.update(f"topic:{topic}" for topic in item.topics)
    keys.update(f"country:{country}" for country in item.countries)
    return keys


def leaf_keys(leaf: Leaf) -> list[tuple[str, ...]]:
    """Return sets of keys, all of one of which an item has that the leaf holds for.

    Not for dates, which no key tells of.
    """
    match leaf:
        case Word(_, sequences) | Phrase(_, sequences):
            return list(sequences)
        case TopicIs(slug):
            return [(f"topic:{slug}",)]
        case KindIs(kind):
            return [(f"kind:{kind.value}",)]
        case LangIs(code):
            return [(f"lang:{code}",)]
        case SourceIs(slug):
            return [(f"source:{slug}",)]
        case CountryIs(codes):
            return [(f"country:{code}",) for code in sorted(codes)]
        case PublishedIn() | Age():
            raise ValueError("a date has no keys")


def leaf_name(leaf: Leaf) -> str:
    """Return a short name that only leaves with the same meaning have."""
    match leaf:
        case Word(_, sequences) | Phrase(_, sequences):
            return "|".join(" ".join(sequence) for sequence in sequences)
        case PublishedIn(first, after_last):
            return f"published:{first}:{after_last}"
        case Age(days):
            return f"age:{days}"
        case CountryIs(codes):
            return "country:" + ",".join(sorted(codes))
        case _:
            return ",".join(key for keys in leaf_keys(leaf) for key in keys)
