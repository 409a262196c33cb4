"""The few jobs that APScheduler runs: each is only a tick, and what is due lives in the store."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

STORE_TICK = 0.5
"""Seconds between two looks for what another process changed."""
POLL_TICK = 1.0
"""Seconds between two looks for sources that are due."""


@contextmanager
def ticking(
    watch_store: Callable[[], Awaitable[None]], poll: Callable[[], Awaitable[None]] | None = None
) -> Iterator[None]:
    """Tick while the context is open. A late tick is not dropped, and none overlaps the next."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(watch_store, "interval", seconds=STORE_TICK, id="watch-store")
    if poll is not None:
        scheduler.add_job(poll, "interval", seconds=POLL_TICK, id="poll-sources")
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
