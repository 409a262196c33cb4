"""What filters ask of an item, as terms of SQLite's full-text index.

So words and filters are one look-up there, and ranking sees them on both databases. A label has a
colon, which no index term has, and its value in hexadecimal digits, which the tokenizer leaves
whole whatever a source is called.
"""

from collections.abc import Iterator
from functools import lru_cache

from domain.model import Item
from domain.query.tree import CountryIs, KindIs, LangIs, SourceIs, TopicIs

ALL = "all:"
"""Every item has it."""
NONE = "none:"
"""No item has it."""


def label(field: str, value: str) -> str:
    """Return the term for one value of a field."""
    return f"{field}:{value.encode().hex()}"


def labels_of(item: Item) -> str:
    """Return all labels of an item, split by blanks."""
    labels = [ALL, label("kind", item.kind.value), label("lang", item.lang)]
    labels.append(label("source", item.source))
    labels += [label("topic", topic) for topic in item.topics]
    labels += [label("country", country) for country in item.countries]
    return " ".join(labels)


def values(labels: str) -> Iterator[tuple[str, str]]:
    """Read what `labels_of` wrote: field and value of each label."""
    for one in labels.split():
        field, _, written = one.partition(":")
        if written:
            yield field, bytes.fromhex(written).decode()


def carries(labels: str, wanted: TopicIs | CountryIs) -> bool:
    """Say whether a topic, or one of several countries, is among an item's labels."""
    padded = f" {labels} "
    return any(term in padded for term in terms_of(wanted))


@lru_cache(maxsize=256)
def terms_of(wanted: TopicIs | CountryIs | KindIs | LangIs | SourceIs) -> tuple[str, ...]:
    """Return the labels of which one is asked for, each between the blanks that it stands in."""
    match wanted:
        case TopicIs(slug):
            terms = [label("topic", slug)]
        case CountryIs(codes):
            terms = [label("country", code) for code in codes]
        case KindIs(kind):
            terms = [label("kind", kind.value)]
        case LangIs(code):
            terms = [label("lang", code)]
        case SourceIs(slug):
            terms = [label("source", slug)]
    return tuple(f" {term} " for term in terms)
