"""Polling of upstream sources, built from the settings."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from app.settings import Settings
from feeds.upstream.fetching.fetcher import fetching
from feeds.upstream.polling.poller import Poller
from feeds.upstream.polling.services import PollServices, tell_nobody
from feeds.upstream.reading.pool import ReadingPool
from seeds.data import load_classifier
from storage.database import Database


@asynccontextmanager
async def poll_services(
    settings: Settings,
    db: Database,
    *,
    tell_operator: Callable[[str], Awaitable[None]] = tell_nobody,
    nudge: Callable[[], None] = lambda: None,
) -> AsyncIterator[PollServices]:
    """Yield what polling needs; no process or connection is left behind."""
    async with (
        fetching(
            contact=settings.public_url,
            clock=_utc_now,
            allow_private=settings.allow_private_sources,
        ) as fetcher,
        ReadingPool().open() as pool,
    ):
        yield PollServices(
            db=db,
            fetcher=fetcher,
            pool=pool,
            classifier=lambda: load_classifier(settings.topics_file),
            clock=_utc_now,
            jitter=random.random,
            base=timedelta(seconds=settings.poll_interval),
            tell_operator=tell_operator,
            callback=f"{settings.public_url}/websub/" if settings.public_url else None,
            nudge=nudge,
        )


@asynccontextmanager
async def polling(
    settings: Settings,
    db: Database,
    *,
    tell_operator: Callable[[str], Awaitable[None]],
    nudge: Callable[[], None],
) -> AsyncIterator[Poller]:
    """Yield a poller that reads sources as long as it is ticked."""
    async with poll_services(settings, db, tell_operator=tell_operator, nudge=nudge) as services:
        poller = Poller(services)
        try:
            yield poller
        finally:
            await poller.close()


def _utc_now() -> datetime:
    return datetime.now(UTC)
