"""The few jobs that APScheduler runs: each is only a tick, and what is due lives in the store."""

from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

STORE_TICK = 0.5
"""Seconds between two looks for what another process changed."""


def make_scheduler(watch_store: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Return a scheduler, not yet started, that never drops a late tick and never overlaps one."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(watch_store, "interval", seconds=STORE_TICK, id="watch-store")
    return scheduler
