"""A query's wordings in order of arrival, in parts that nothing which comes later changes.

A part ends with any number of `storage.editions`, and begins where the numbers before it, rounded
down to a multiple of the size, or of that times 2, 4, 8 and so on, leave no more than fit into it.
So parts begin at the same places whichever one ends with, and narrow queries have few. All that
ever had a number counts, what is withdrawn too, so that nothing else is shifted by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select
from sqlmodel import col

from domain.model import Item
from domain.query import Query
from storage import editions
from storage.database import Transaction
from storage.positions import LAST_ID
from storage.search import scan
from storage.search.lookup import every, look_up
from storage.tables import EditionRow, FormerEditionRow


@dataclass(frozen=True, slots=True)
class Part:
    """Wordings that came one after the other."""

    items: tuple[Item, ...]
    """The latest first, each item in its latest wording of the part, less what is withdrawn."""
    before: int | None
    """The number that the part before this one ends with; None where this is the first."""


async def last_edition(tx: Transaction, query: Query, *, now: datetime) -> int | None:
    """Return the last number of an item that matches as it is now; None without any.

    Goes through the newest `scan.SCANNED`. Where none of them matches, it takes time in proportion
    to how many others do.
    """
    if query.is_everything:
        return await editions.last(tx) or None
    newest, today = scan.newest(), now.astimezone(UTC).date()
    matching = scan.matching(tx, query.tree, today)
    last: int | None = await tx.scalar(select(func.max(newest.c.id)).where(matching))
    if last is None:
        numbers = _current(tx, query, now).subquery()
        last = await tx.scalar(select(func.max(numbers.c.id)))
    return last


async def part_to(
    tx: Transaction, query: Query, upto: int, *, now: datetime, size: int
) -> Part | None:
    """Return the part that ends with the number `upto`; None where that was not given yet.

    Takes time in proportion to how many match, and to how many have changed or are withdrawn.
    """
    if not 0 < upto <= await editions.last(tx):
        return None
    numbers = await _latest(tx, query, now, upto, size + 1)
    start = start_of(upto, numbers[size] if len(numbers) > size else 0, size)
    chosen = [number for number in numbers if number > start]
    wordings = await editions.items_of(tx, chosen)
    items: dict[str, Item] = {}
    for item in (wordings[number] for number in chosen if number in wordings):
        items.setdefault(item.slug, item)
    return Part(
        items=tuple(items.values()),
        before=next((number for number in numbers if number <= start), None),
    )


async def end_after(
    tx: Transaction, query: Query, after: int, *, now: datetime, size: int
) -> int | None:
    """Return what the part ends with that follows a number today; None while none does.

    Takes time as `part_to` does.
    """
    upto = await last_edition(tx, query, now=now)
    if upto is None or upto <= after:
        return None
    following = await _next(tx, query, now, after, upto, size + 1)
    return following[fitting(following, after, size) - 1]


def start_of(end: int, full: int, size: int) -> int:
    """Return where a part that ends with a number begins: the number before its first one.

    `full` is the latest number that would be one too many; 0 where there is none.
    """
    start, block = end - 1, size
    while start and (lower := (end - 1) // block * block) >= full:
        start, block = lower, block * 2
    return start


def fitting(numbers: list[int], after: int, size: int) -> int:
    """Return how many of these numbers are in the part that begins with the first of them."""
    before, block, fitting = numbers[0] - 1, size, 0
    while True:
        start = before // block * block
        inside = sum(number <= start + block for number in numbers)
        if fitting and (start < after or inside > size or fitting == len(numbers)):
            return fitting
        fitting, block = inside, block * 2


def _current(tx: Transaction, query: Query, now: datetime) -> Select[int | None]:
    """Select the numbers of the items that match as they are now."""
    numbers = select(col(EditionRow.id))
    if query.is_everything:
        return numbers
    matching = every(look_up(tx, query, now)).subquery()
    item_id = LAST_ID - matching.c.position.op("&")(LAST_ID)
    return numbers.join(matching, col(EditionRow.item_id) == item_id)


def _former(tx: Transaction, query: Query, now: datetime) -> Select[int]:
    """Select the numbers of the other wordings that match."""
    today = now.astimezone(UTC).date()
    return select(col(FormerEditionRow.id)).where(scan.matching(tx, query.tree, today))


async def _latest(tx: Transaction, query: Query, now: datetime, upto: int, limit: int) -> list[int]:
    """Return the latest numbers up to one, latest first."""
    number = col(EditionRow.id)
    rows = _current(tx, query, now).where(number <= upto).order_by(number.desc()).limit(limit)
    current = _given(await tx.scalars(rows))
    least = current[-1] if len(current) == limit else 0
    number = col(FormerEditionRow.id)
    rows = _former(tx, query, now).where(number <= upto, number > least)
    others = _given(await tx.scalars(rows.order_by(number.desc()).limit(limit)))
    return sorted({*current, *others}, reverse=True)[:limit]


async def _next(
    tx: Transaction, query: Query, now: datetime, after: int, upto: int, limit: int
) -> list[int]:
    """Return the first numbers after one and up to another, in order."""
    number = col(EditionRow.id)
    rows = _current(tx, query, now).where(number > after, number <= upto)
    current = _given(await tx.scalars(rows.order_by(number).limit(limit)))
    number = col(FormerEditionRow.id)
    rows = _former(tx, query, now).where(number > after, number <= upto)
    others = _given(await tx.scalars(rows.order_by(number).limit(limit)))
    return sorted({*current, *others})[:limit]


def _given(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]
