"""A query's tree as a condition of SQL; `domain.matching.matches` defines what it must mean."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    and_,
    false,
    not_,
    or_,
    select,
    true,
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
from storage.tables import ItemCountryRow, ItemRow, ItemTopicRow

Sequences = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a query's answer is: a column of positions, and which rows are wanted."""

    rows: FromClause
    position: SQLColumnExpression[int]
    ways: tuple[ColumnElement[bool], ...]
    """One or more conditions, of which a row meets at least one."""


class TextCondition(Protocol):
    """Looking up terms."""

    def __call__(self, sequences: Sequences) -> ColumnElement[bool]:
        """Tell of `ItemRow` whether one of the sequences of terms stands in one of its texts."""


def condition(tree: Node, today: date, text: TextCondition) -> ColumnElement[bool]:
    """Return what selects the items that the tree asks for. `today` is a day in UTC."""
    match tree:
        case Everything():
            return true()
        case And(parts):
            return and_(*(condition(part, today, text) for part in parts))
        case Or(parts):
            return or_(*(condition(part, today, text) for part in parts))
        case Not(part):
            return not_(condition(part, today, text))
        case Word(_, sequences) | Phrase(_, sequences):
            return text(sequences) if sequences else false()
        case _:
            return _filter(tree, today)


def _filter(
    leaf: TopicIs | KindIs | LangIs | CountryIs | SourceIs | PublishedIn | Age, today: date
) -> ColumnElement[bool]:
    match leaf:
        case TopicIs(slug):
            having = select(col(ItemTopicRow.item_id)).where(col(ItemTopicRow.topic) == slug)
            return col(ItemRow.id).in_(having)
        case CountryIs(codes):
            happening = select(col(ItemCountryRow.item_id)).where(
                col(ItemCountryRow.country).in_(sorted(codes))
            )
            return col(ItemRow.id).in_(happening)
        case KindIs(kind):
            return col(ItemRow.kind) == kind.value
        case LangIs(code):
            return col(ItemRow.lang) == code
        case SourceIs(slug):
            return col(ItemRow.source) == slug
        case PublishedIn() | Age():
            return _published(*published_range(leaf, today))


def published_range(part: PublishedIn | Age, today: date) -> tuple[date | None, date | None]:
    """Return the first day that a part allows, and the one after the last."""
    match part:
        case PublishedIn(first, after_last):
            return first, after_last
        case Age(days):
            return date.fromordinal(max(today.toordinal() - days, date.min.toordinal())), None


def _published(first: date | None, after_last: date | None) -> ColumnElement[bool]:
    at = col(ItemRow.published_at)
    return and_(
        true() if first is None else at >= _midnight(first),
        true() if after_last is None else at < _midnight(after_last),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
