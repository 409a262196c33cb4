"""What of a reading is news: pushed, and what is only taken into the archive.

A source that is rebuilt shows its archive under new ids and addresses, a broken one brings back
what it had dropped. Both look like a flood of new items.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.model import Published

LATE = timedelta(days=7)
"""An item may appear so long after its own date and still be news."""
FLOOD = 10
"""So many new items without a date of their own are no flood."""


def quiet(
    new: Sequence[Published | None], *, shown: int, last_read: datetime | None
) -> frozenset[int]:
    """Return the places of those new items that are not to be pushed.

    `new` are the days of a reading's new items, `shown` how many items the reading has in all,
    `last_read` when the source was last read with success: None for the first time, when all is
    archive. An item dated well before that is old. Undated ones are, where more than `FLOOD` of
    them appear at once and make up more than half of the reading.
    """
    if last_read is None:
        return frozenset(range(len(new)))
    undated = sum(published is None for published in new)
    flood = undated > FLOOD and undated * 2 > shown
    return frozenset(
        place
        for place, published in enumerate(new)
        if (flood if published is None else _is_old(published, last_read))
    )


def _is_old(published: Published, last_read: datetime) -> bool:
    return published.at + LATE < last_read
