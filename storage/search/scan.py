"""A query's tree as a condition on wordings that are gone through one by one, without the index.

That is what those need that the index does not have, and the fastest way to a few that it has.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    TextClause,
    bindparam,
    literal,
    select,
    text,
)
from sqlmodel import col

from domain.matching import padded
from domain.query.tree import Age, And, Everything, Node, Not, Or, Phrase, PublishedIn, Word
from storage.database import Transaction, is_sqlite
from storage.labels import terms_of
from storage.search.conditions import published_range
from storage.tables import EditionRow, ItemRow, SearchRow
from storage.tables.columns import UtcDateTime

SCANNED = 200
"""So many of the newest wordings are gone through before the index is asked for all that match."""
_BETWEEN = " \n "
"""Keeps a phrase from running across two texts; no term holds a line's end."""


def matching(tx: Transaction, tree: Node, today: date) -> TextClause:
    """Return what selects the rows that the tree asks for. `today` is a day in UTC.

    They have `terms` and `labels`, with a blank around each, and `published_at`. It is SQL as text,
    since every query has its own form, and compiling a form takes longer than to execute it.
    """
    stands_in = "instr" if is_sqlite(tx) else "strpos"
    values: dict[str, object] = {}

    def value(given: object) -> str:
        name = f"value_{len(values)}"
        values[name] = given
        return f":{name}"

    def has(column: str, wanted: Iterable[str]) -> str:
        return either(f"{stands_in}({column}, {value(one)}) > 0" for one in wanted)

    def either(conditions: Iterable[str]) -> str:
        return f"({' OR '.join(conditions) or '1 = 0'})"

    def holds(node: Node) -> str:
        match node:
            case Everything():
                return "1 = 1"
            case And(parts):
                return f"({' AND '.join(map(holds, parts))})"
            case Or(parts):
                return either(map(holds, parts))
            case Not(part):
                return f"NOT {holds(part)}"
            case Word(_, sequences) | Phrase(_, sequences):
                return has("terms", map(padded, sequences))
            case PublishedIn() | Age():
                first, after_last = published_range(node, today)
                since = "1 = 1" if first is None else f"published_at >= {value(_midnight(first))}"
                if after_last is None:
                    return since
                return f"({since} AND published_at < {value(_midnight(after_last))})"
            case _:
                return has("labels", terms_of(node))

    return text(holds(tree)).bindparams(
        *(
            bindparam(name, given, UtcDateTime if isinstance(given, datetime) else String)
            for name, given in values.items()
        )
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def wordings(*columns: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    """Select columns of items that search finds, and of their search rows, for `matching`."""
    terms = (
        literal(" ")
        + col(SearchRow.title)
        + _BETWEEN
        + col(SearchRow.body)
        + _BETWEEN
        + col(SearchRow.caption)
        + " "
    )
    labels = literal(" ") + col(SearchRow.labels) + " "
    return (
        select(*columns, terms.label("terms"), labels.label("labels"), col(ItemRow.published_at))
        .select_from(ItemRow)
        .join(SearchRow, col(SearchRow.item_id) == col(ItemRow.id))
    )


def newest() -> Subquery:
    """Select the newest wordings that search finds, each with its number as `id`."""
    number = col(EditionRow.id)
    rows = wordings(number).join(EditionRow, col(EditionRow.item_id) == col(ItemRow.id))
    return rows.order_by(number.desc()).limit(SCANNED).subquery()
