"""A query's tree as a condition on wordings that the index does not have.

They are gone through one by one, as they are few: what was edited and what is withdrawn.
"""

from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, not_, or_, true
from sqlmodel import col

from domain.matching import padded
from domain.query.tree import Age, And, Everything, Node, Not, Or, Phrase, PublishedIn, Word
from storage.database import Transaction, is_sqlite
from storage.labels import terms_of
from storage.search.conditions import published
from storage.tables import FormerEditionRow


def matching(tx: Transaction, tree: Node, today: date) -> ColumnElement[bool]:
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
                return has(col(FormerEditionRow.terms), *map(padded, sequences))
            case PublishedIn() | Age():
                return published(col(FormerEditionRow.published_at), node, today)
            case _:
                return has(col(FormerEditionRow.labels), *terms_of(node))

    return holds(tree)
