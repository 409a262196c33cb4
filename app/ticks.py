"""The few jobs that APScheduler runs: each is only a tick, and what is due lives in the store."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

STORE_TICK = 0.5
"""Seconds between two looks for what another process changed."""
FIGURES_TICK = 2
"""Seconds between two notes of what the sender has counted."""


@contextmanager
def ticking(
    watch_store: Callable[[], Awaitable[None]], write_figures: Callable[[], Awaitable[None]]
) -> Iterator[None]:
    """Tick while the context is open. A late tick is not dropped, and none overlaps the next."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(watch_store, "interval", seconds=STORE_TICK, id="watch-store")
    scheduler.add_job(write_figures, "interval", seconds=FIGURES_TICK, id="write-figures")
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
