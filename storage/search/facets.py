"""What an answer consists of: how many of its stories have which topic, country, kind, language."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, literal_column, select
from sqlmodel import col

from domain.query import Field, Query
from storage.database import Transaction
from storage.labels import values
from storage.positions import LAST_ID, day_at
from storage.search.lookup import every, look_up, newest
from storage.tables import SearchRow, StoryVersionRow

COUNTED = 2000
"""So many of the newest items that match are looked at."""

_DAY = 86_400
_SECONDS_TO_1970 = 62_135_596_800
"""From the first day of the calendar, so that no count of seconds is negative."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many stories have which value of a field; the most frequent first."""

    values: Mapping[Field, Mapping[str, int]]
    """A story has what any of its versions that match has."""
    times: Mapping[str, int]
    """How many stories are from which year and month (`2009`, `2009-06`), the latest first."""
    stories: int
    """How many were looked at."""
    complete: bool
    """False where more items match than were looked at."""


async def count_facets(tx: Transaction, query: Query, *, now: datetime) -> Facets:
    """Count what the newest `COUNTED` items that match have, one a story."""
    matching = newest(look_up(tx, query, now), COUNTED + 1).subquery()
    rows = (
        await tx.execute(
            select(col(SearchRow.labels), matching.c.position, col(StoryVersionRow.story))
            .join(matching, matching.c.position == col(SearchRow.position))
            .outerjoin(StoryVersionRow, col(StoryVersionRow.item_id) == col(SearchRow.item_id))
            .order_by(col(SearchRow.position).desc())
        )
    ).all()
    stories: defaultdict[str | int, set[tuple[str, str]]] = defaultdict(set)
    for labels, position, story in rows[:COUNTED]:
        stories[story or position].add((labels, _month_at(position)))
    # Few combinations occur, so they are counted first and read apart once each.
    combined = Counter(frozenset(versions) for versions in stories.values())
    counts: dict[Field, Counter[str]] = {field: Counter() for field in Field}
    times: Counter[str] = Counter()
    for versions, number in combined.items():
        for field, value in {one for labels, _ in versions for one in values(labels)}:
            counts[Field(field)][value] += number
        for time in {part for _, month in versions for part in (month, month[:4])}:
            times[time] += number
    ordered = {field: dict(counter.most_common()) for field, counter in counts.items()}
    return Facets(ordered, _in_order(times), len(stories), complete=len(rows) <= COUNTED)


def times_of(days: Mapping[date, int]) -> dict[str, int]:
    """Return what `per_day` counted as years and months, in the manner of `Facets.times`."""
    times: Counter[str] = Counter()
    for day, number in days.items():
        times[f"{day.year:04}"] += number
        times[f"{day.year:04}-{day.month:02}"] += number
    return _in_order(times)


def _in_order(times: Mapping[str, int]) -> dict[str, int]:
    """Return years and months with the latest first."""
    return dict(sorted(times.items(), reverse=True))


async def per_day(tx: Transaction, query: Query, *, now: datetime) -> dict[date, int]:
    """Return how many items that match were published on each day (UTC), all versions counted.

    Asks the index of positions alone and reads no item.
    """
    matching = every(look_up(tx, query, now)).subquery()
    seconds = matching.c.position.op(">>")(literal_column(f"{LAST_ID.bit_length()}"))
    since_day_one = seconds + literal_column(f"{_SECONDS_TO_1970}")
    day = since_day_one.op("/", precedence=8)(literal_column(f"{_DAY}"))  # whole days
    rows = await tx.execute(select(day, func.count()).group_by(day))
    return {date.fromordinal(number + 1): count for number, count in rows}


def _month_at(position: int) -> str:
    return day_at(position).isoformat()[:-3]
