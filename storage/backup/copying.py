"""All rows of one store into another, of the same schema, in one transaction of each."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    cast,
    column,
    delete,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import REGCLASS

from domain.matching import ItemTerms
from storage.database import Transaction, is_sqlite
from storage.tables import SearchRow, metadata
from storage.terms import vector

AT_ONCE = 1000
"""Rows in memory at a time."""

Progress: TypeAlias = Callable[[float], None]
"""Is told how much of the work is done, from 0 to 1."""

_NUMBERS = table("sqlite_sequence", column("name", String), column("seq", Integer))
_SEARCH = SearchRow.__tablename__


async def copy(source: Transaction, target: Transaction, progress: Progress) -> None:
    """Replace everything in `target` by what `source` sees.

    Numbers that were given to rows before, and are free again, are not given again.
    """
    tables = metadata.sorted_tables
    connection = await source.connection()
    rows = [await connection.scalar(select(func.count()).select_from(each)) or 0 for each in tables]
    done = 0
    for each in reversed(tables):
        await target.execute(delete(each))
    for each in tables:
        result = await connection.stream(select(*_columns(each)))
        async for some in result.partitions(AT_ONCE):
            await (await target.connection()).execute(insert(each), _values(each, some, target))
            done += len(some)
            progress(done / max(sum(rows), 1))
    await _copy_numbers(source, target)


def _columns(each: Table) -> list[Column[Any]]:
    return [one for one in each.columns if (each.name, one.name) != (_SEARCH, "vector")]


def _values(each: Table, rows: Sequence[Any], target: Transaction) -> list[dict[str, Any]]:
    values = [dict(row._mapping) for row in rows]  # noqa: SLF001 - the public way to a row's names
    if each.name == _SEARCH and not is_sqlite(target):
        for row in values:
            row["vector"] = vector(ItemTerms(row["title"], row["body"], row["caption"]))
    return values


async def _copy_numbers(source: Transaction, target: Transaction) -> None:
    for name, last in (await _numbers_of(source)).items():
        if is_sqlite(target):
            await target.execute(delete(_NUMBERS).where(_NUMBERS.c.name == name))
            await target.execute(insert(_NUMBERS).values(name=name, seq=last))
        else:
            await target.execute(select(func.setval(_sequence(name), max(last, 1), last > 0)))


async def _numbers_of(tx: Transaction) -> dict[str, int]:
    """Return the last number that each table has given to a row; 0 where it has given none."""
    if is_sqlite(tx):
        known = {row[0]: row[1] for row in await tx.execute(select(_NUMBERS))}
        return {name: known.get(name, 0) for name in _numbered()}
    return {
        name: await tx.scalar(select(func.pg_sequence_last_value(_sequence(name)))) or 0
        for name in _numbered()
    }


def _sequence(name: str) -> ColumnElement[Any]:
    return cast(func.pg_get_serial_sequence(name, "id"), REGCLASS)


def _numbered() -> list[str]:
    return [
        each.name
        for each in metadata.sorted_tables
        if each.dialect_options["sqlite"]["autoincrement"]
    ]
