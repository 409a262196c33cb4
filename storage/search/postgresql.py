"""Looking up terms with PostgreSQL's tsvector."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    cast,
    func,
    join,
    literal,
    or_,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import col

from domain.query.tree import Node
from storage.search.conditions import Found, Sequences, condition
from storage.tables import ItemRow, SearchRow
from storage.terms import fits, quoted


def find(tree: Node, today: date) -> Found:
    """Return where a query's answer is found."""
    return Found(
        join(SearchRow, ItemRow, col(ItemRow.id) == col(SearchRow.item_id)),
        col(SearchRow.position),
        (condition(tree, today, _text_condition),),
    )


def _text_condition(sequences: Sequences) -> ColumnElement[bool]:
    return or_(*map(_sequence, sequences))


def _sequence(terms: tuple[str, ...]) -> ColumnElement[bool]:
    """Ask the index for the terms, and the texts for their order where that matters."""
    indexed = " & ".join(quoted(term) for term in terms if fits(term))
    has_all: ColumnElement[bool] = true()
    if indexed:
        has_all = col(SearchRow.vector).op("@@", is_comparison=True)(
            cast(literal(indexed), TSQUERY)
        )
    if len(terms) == 1 and indexed:
        return has_all
    return and_(has_all, or_(*(_stands_in(text, terms) for text in _TEXTS)))


_TEXTS = (col(SearchRow.title), col(SearchRow.body), col(SearchRow.caption))


def _stands_in(text: SQLColumnExpression[str], terms: tuple[str, ...]) -> ColumnElement[bool]:
    return func.strpos(" " + text + " ", f" {' '.join(terms)} ") > 0
