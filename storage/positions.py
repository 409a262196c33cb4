"""Where an item stands among all, newest first, as one number.

A position holds the second of publication and the item's row id, so that one index serves order,
ranges of days and the way back to the item. Among items of one second the one stored first stands
higher, as in the order of a listing page.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from domain.errors import StoreError

LAST_ID: Final = (1 << 25) - 1
"""Of 64 bits, the seconds of the years 1 to 9999 and their sign take 39."""

_FIRST_DAY = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def position_of(published_at: datetime, item_id: int) -> int:
    """Return an item's position; greater is newer. Raises `StoreError` for an id over `LAST_ID`."""
    if item_id > LAST_ID:
        raise StoreError(f"the store is full: it holds at most {LAST_ID:,} items in its life")
    return _at(published_at) + LAST_ID - item_id


def item_at(position: int) -> int:
    """Return the row id of the item at a position."""
    return LAST_ID - (position & LAST_ID)


def day_at(position: int) -> date:
    """Return the day (UTC) of publication of the item at a position."""
    return _FIRST_DAY + timedelta(seconds=position >> LAST_ID.bit_length())


def first_of(day: date) -> int:
    """Return what the positions of a day (UTC) and of all later ones reach or exceed."""
    return _at(datetime.combine(day, time.min, UTC))


def _at(moment: datetime) -> int:
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * (LAST_ID + 1)
