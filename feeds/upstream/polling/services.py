"""What polling is given."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.classify import Classifier
from feeds.upstream.fetching.fetcher import Fetcher
from feeds.upstream.reading.pool import ReadingPool
from storage.database import Database


async def tell_nobody(_text: str) -> None:
    """Let the log suffice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollServices:
    """Everything that polling needs."""

    db: Database
    fetcher: Fetcher
    pool: ReadingPool
    classifier: Callable[[], Classifier]
    """Asked for when there is something to take in, since making one takes time and memory."""
    clock: Callable[[], datetime]
    """Returns aware UTC."""
    jitter: Callable[[], float]
    """Returns a number from 0 to 1."""
    base: timedelta
    """How often a source that publishes often is read."""
    tell_operator: Callable[[str], Awaitable[None]] = tell_nobody
    callback: str | None = None
    """Address that hubs call, a token behind it; None where they cannot reach us."""
    nudge: Callable[[], None] = lambda: None
    """Called when there may be something to send."""
    taking: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while items are read ahead and stored: one source's at a time, or what is read ahead is
    forgotten before its turn comes.
    """
