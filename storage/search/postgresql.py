"""Looking up terms with PostgreSQL's tsvector."""

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import col

from storage.search.conditions import Sequences
from storage.tables import ItemRow, SearchRow
from storage.terms import fits, quoted


def text_condition(sequences: Sequences) -> ColumnElement[bool]:
    """Tell whether one of the sequences stands in the title, the body or the caption."""
    found = select(col(SearchRow.item_id)).where(or_(*map(_sequence, sequences)))
    return col(ItemRow.id).in_(found)


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
