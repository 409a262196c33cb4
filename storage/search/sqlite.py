"""Looking up a query with SQLite's FTS5, which holds words and labels in order of publication.

Each alternative of a query becomes an expression of FTS5 and a range of positions.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    column,
    exists,
    literal_column,
    select,
    table,
)
from sqlmodel import col

from domain.query.tree import (
    Age,
    And,
    CountryIs,
    Everything,
    KindIs,
    LangIs,
    Node,
    Not,
    Or,
    Phrase,
    PublishedIn,
    SourceIs,
    TopicIs,
    Word,
)
from storage.labels import ALL, NONE, label
from storage.positions import LAST_ID, first_of
from storage.search.alternatives import Alternative, alternatives, has_date
from storage.search.conditions import Found, Sequences, condition
from storage.tables import ItemRow, SearchRow

_FTS = table("search_fts", column("rowid", BigInteger))


def find(tree: Node, today: date) -> Found:
    """Return where a query's answer is found."""
    found = alternatives(tree, today)
    if found is None:
        ways = [_asking_items(tree, today)]
    else:
        ways = [and_(_match(_all(one.parts)), *_in_range(one)) for one in found]
    return Found(_FTS, _FTS.c.rowid, tuple(ways))


def _asking_items(tree: Node, today: date) -> ColumnElement[bool]:
    """Return the condition that asks of each item for the parts with dates; slow, but short."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    item = col(ItemRow.id) == LAST_ID - _FTS.c.rowid.op("&")(LAST_ID)
    dated = and_(*(condition(part, today, _text_condition) for part in parts if has_date(part)))
    indexed = _all([part for part in parts if not has_date(part)])
    return and_(_match(indexed), exists().where(item, dated))


def expression(node: Node) -> str:
    """Return a part without dates in the syntax of FTS5."""
    match node:
        case Word(_, sequences) | Phrase(_, sequences):
            return _either([_string(" ".join(sequence)) for sequence in sequences])
        case And(parts):
            return _all(parts)
        case Or(parts):
            return _either([expression(part) for part in parts])
        case Not():
            return _all([node])
        case TopicIs(slug):
            return _string(label("topic", slug))
        case KindIs(kind):
            return _string(label("kind", kind.value))
        case LangIs(code):
            return _string(label("lang", code))
        case SourceIs(slug):
            return _string(label("source", slug))
        case CountryIs(codes):
            return _either([_string(label("country", code)) for code in sorted(codes)])
        case Everything():
            return _string(ALL)
        case PublishedIn() | Age():
            raise ValueError("a date has no expression")


def _all(parts: Sequence[Node]) -> str:
    wanted = [expression(part) for part in parts if not isinstance(part, Not | Everything)]
    unwanted = [expression(part.part) for part in parts if isinstance(part, Not)]
    both = " AND ".join(wanted) or _string(ALL)
    return f"(({both}) NOT {_either(unwanted)})" if unwanted else f"({both})"


def _either(expressions: Sequence[str]) -> str:
    return f"({' OR '.join(expressions) or _string(NONE)})"


def _string(text: str) -> str:
    """Return a string of FTS5's query syntax; several terms in one follow each other."""
    return '"' + text.replace('"', '""') + '"'


def _match(text: str) -> ColumnElement[bool]:
    return literal_column("search_fts").op("MATCH", is_comparison=True)(text)


def _in_range(days: Alternative) -> Iterator[ColumnElement[bool]]:
    if days.first is not None:
        yield _FTS.c.rowid >= first_of(days.first)
    if days.after_last is not None:
        yield _FTS.c.rowid < first_of(days.after_last)


def _text_condition(sequences: Sequences) -> ColumnElement[bool]:
    phrases = _either([_string(" ".join(sequence)) for sequence in sequences])
    found = select(_FTS.c.rowid).where(_match(phrases))
    having = select(col(SearchRow.item_id)).where(col(SearchRow.position).in_(found))
    return col(ItemRow.id).in_(having)
