"""The few jobs that APScheduler runs: each is only a tick, and what is due lives in the store."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

STORE_TICK = 0.5
"""Seconds between two looks for what another process changed."""
FIGURES_TICK = 2.0
"""Seconds between two notes of what the sender has counted."""
SCHEDULES_TICK = 1.0
"""Seconds between two looks for what is due by the clock."""
PRUNING_TICK = 5.0
"""Seconds between two bits of forgetting what was sent long ago."""
POLL_TICK = 1.0
"""Seconds between two looks for sources that are due."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to be looked at again and again."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[None]]


@contextmanager
def ticking(ticks: Iterable[Tick]) -> Iterator[None]:
    """Tick while the context is open. A late tick is not dropped, and none overlaps the next."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for tick in ticks:
        scheduler.add_job(tick.run, "interval", seconds=tick.seconds, id=tick.name)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
