"""The few jobs that APScheduler runs: each is only a tick, and what is due lives in the store."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.language import forget_unused_model

STORE_TICK = 0.5
"""Seconds between two looks for what another process changed."""
FIGURES_TICK = 2.0
"""Seconds between two notes of what the sender has counted."""
SCHEDULES_TICK = 1.0
"""Seconds between two looks for what is due by the clock."""
PRUNING_TICK = 5.0
"""Seconds between two bits of forgetting what was sent long ago."""
HUB_TICK = 1.0
"""Seconds between two looks for feeds that the hub is to be told of."""
MODEL_TICK = 60.0
"""Seconds for which the language model stays in memory when no text needs it any more."""
POLL_TICK = 1.0
"""Seconds between two looks for sources that are due."""


async def rest_model() -> None:
    """Free the language model's memory unless a text has needed it since the last tick."""
    forget_unused_model()


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to be looked at again and again."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[None]]


@contextmanager
def ticking(ticks: Iterable[Tick]) -> Iterator[None]:
    """Tick while the context is open. A late tick is not dropped, and none overlaps the next.

    One that is under way at the end is cancelled.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for tick in ticks:
        scheduler.add_job(
            _run, "interval", [tick], seconds=tick.seconds, id=tick.name, name=tick.name
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _run(tick: Tick) -> None:
    with suppress(asyncio.CancelledError):  # APScheduler would log it as an error
        await tick.run()
