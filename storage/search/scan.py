"""A query's tree as a condition on wordings that are gone through one by one, without the index."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    true,
)
from sqlmodel import col

from domain.matching import padded
from domain.query.tree import Age, And, Everything, Node, Not, Or, Phrase, PublishedIn, Word
from storage.database import Transaction, is_sqlite
from storage.labels import terms_of
from storage.search.conditions import published
from storage.tables import FormerEditionRow, ItemRow, SearchRow

_BETWEEN = " \n "
"""Keeps a phrase from running across two texts; no term holds a line's end."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Where wordings stand: terms and labels, each between blanks, and the time of publication."""

    terms: SQLColumnExpression[str]
    labels: SQLColumnExpression[str]
    published_at: SQLColumnExpression[datetime]


FORMER = Wordings(
    col(FormerEditionRow.terms), col(FormerEditionRow.labels), col(FormerEditionRow.published_at)
)
"""Those that search does not find."""
PRESENT = Wordings(
    literal(" ")
    + col(SearchRow.title)
    + _BETWEEN
    + col(SearchRow.body)
    + _BETWEEN
    + col(SearchRow.caption)
    + " ",
    literal(" ") + col(SearchRow.labels) + " ",
    col(ItemRow.published_at),
)
"""Those that it does, with the rows of their items."""


def matching(tx: Transaction, tree: Node, today: date, wordings: Wordings) -> ColumnElement[bool]:
    """Return what selects those that the tree asks for. `today` is a day in UTC."""
    stands_in = func.instr if is_sqlite(tx) else func.strpos

    def has(text: SQLColumnExpression[str], *wanted: str) -> ColumnElement[bool]:
        return or_(false(), *(stands_in(text, one) > 0 for one in wanted))

    def holds(node: Node) -> ColumnElement[bool]:
        match node:
            case Everything():
                return true()
            case And(parts):
                return and_(*map(holds, parts))
            case Or(parts):
                return or_(*map(holds, parts))
            case Not(part):
                return not_(holds(part))
            case Word(_, sequences) | Phrase(_, sequences):
                return has(wordings.terms, *map(padded, sequences))
            case PublishedIn() | Age():
                return published(wordings.published_at, node, today)
            case _:
                return has(wordings.labels, *terms_of(node))

    return holds(tree)
