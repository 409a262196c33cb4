"""The positions of what matches a query: the one way from a query to rows, for all kinds of answer.

Where there are several ways to match, each is looked up by itself, as far as it can matter.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, select, union

from domain.query import Query
from storage.database import Transaction, is_sqlite
from storage.search import postgresql, sqlite
from storage.search.conditions import Found

Positions = Select[int]
"""Selects one column, `position`."""


def look_up(tx: Transaction, query: Query, now: datetime) -> Found:
    """Return where a query's answer is found, on the database at hand."""
    find = sqlite.find if is_sqlite(tx) else postgresql.find
    return find(query.tree, now.astimezone(UTC).date())


def every(found: Found) -> Positions:
    """Select all positions that match, in no order."""
    return _joined(_ways(found))


def some(found: Found, limit: int) -> Positions:
    """Select at most so many positions that match."""
    return _joined([way.limit(limit) for way in _ways(found)]).limit(limit)


def newest(found: Found, limit: int, below: int | None = None) -> Positions:
    """Select the newest positions that match, or the newest below one."""
    ways = [way.order_by(found.position.desc()).limit(limit) for way in _ways(found, below)]
    joined = _joined(ways)
    if len(ways) == 1:
        return joined  # to be ordered a second time would keep SQLite from using its index
    return joined.order_by(joined.selected_columns.position.desc()).limit(limit)


def among(found: Found, positions: Sequence[int]) -> Positions:
    """Select which of these positions match."""
    return _joined([way.where(found.position.in_(positions)) for way in _ways(found)])


def _ways(found: Found, below: int | None = None) -> list[Positions]:
    position: Positions = select(found.position.label("position")).select_from(found.rows)
    if below is not None:
        position = position.where(found.position < below)
    return [position.where(way) for way in found.ways]


def _joined(ways: Sequence[Positions]) -> Positions:
    if len(ways) == 1:
        return ways[0]
    joined = union(*(select(way.subquery().c.position) for way in ways)).subquery()
    return select(joined.c.position)
