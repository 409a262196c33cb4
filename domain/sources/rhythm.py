"""When a source is read again. Pure: times and a jitter come in, the next time goes out.

A source that publishes often is read every `base`; one that publishes rarely is read less often, a
quarter of the usual distance between two items. What the source itself asks for (max-age, ttl,
hours and days to skip, Retry-After) is kept, within a day or a week, so that no source can ask to
be never read again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from domain.sources.model import Hints

LONGEST = timedelta(days=1)
"""However rare, and whatever `max-age` and `ttl` say."""
LONGEST_WAIT = timedelta(days=7)
"""Whatever `Retry-After` says."""
SLOWEST = 16
"""Times `base`: how much less often a source that publishes rarely is read."""

_SHARE = 4
_LOOKED_AT = 10
_JITTER = 0.1
_HOUR = timedelta(hours=1)


def pace_of(moments: Iterable[datetime], now: datetime) -> timedelta | None:
    """Return the usual distance between publications: the median of the last ten.

    The time since the newest one counts as a distance, so that a source which has fallen silent
    slows down. None for fewer than two moments; those in the future do not count.
    """
    newest = sorted({moment for moment in moments if moment <= now}, reverse=True)[:_LOOKED_AT]
    if len(newest) < 2:
        return None
    times = [now, *newest]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times)]
    since, between = gaps[0], median(gaps[1:])
    return timedelta(seconds=max(since / 2, between))


def next_poll(
    now: datetime,
    base: timedelta,
    hints: Hints,
    *,
    max_age: timedelta | None = None,
    jitter: float = 0.0,
) -> datetime:
    """Return when to come back after a success; `jitter`, from 0 to 1, adds up to a tenth."""
    wanted = base
    if hints.pace is not None:
        wanted = min(max(base, hints.pace / _SHARE), base * SLOWEST)
    asked = max(hints.ttl or timedelta(), max_age or timedelta())
    wanted = max(wanted, min(asked, LONGEST))
    return _open_hour(now + wanted * (1 + _JITTER * jitter), hints)


def next_try(
    now: datetime,
    base: timedelta,
    failures: int,
    *,
    retry_after: timedelta | None = None,
    jitter: float = 0.0,
) -> datetime:
    """Return when to try again after `failures` in a row, from 1: doubling from `base` to a day.

    `retry_after` is what the source asked for; it is never undercut.
    """
    wanted = min(base * (1 << min(max(failures - 1, 0), 20)), max(LONGEST, base))
    if retry_after is not None:
        wanted = max(wanted, min(retry_after, LONGEST_WAIT))
    return now + wanted * (1 + _JITTER * jitter)


def _open_hour(moment: datetime, hints: Hints) -> datetime:
    """Move a time on to the first hour that is not to be skipped; stays if all are."""
    for hours in range(24 * 7):
        later = moment + _HOUR * hours
        if later.hour not in hints.skip_hours and later.weekday() not in hints.skip_days:
            return later
    return moment
