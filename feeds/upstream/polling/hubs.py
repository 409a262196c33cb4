"""Asking the hubs of sources to tell us of changes, where we can be reached.

What a hub sends is not believed, only taken as a hint to read the source itself: so a hub can
neither forge items nor lose them, and the source is still read now and then.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from domain.errors import SourceError
from domain.sources import Source
from feeds.upstream.polling.look import Look
from feeds.upstream.polling.services import PollServices
from storage.hubs import Subscribed, ask, of_source

AGAIN = timedelta(days=1)
"""Before a subscription ends, and after one that was asked for in vain, it is asked for again."""
LEASE = timedelta(days=10)
RELAXED = 8
"""Times the usual interval between two readings of a source whose hub tells of changes."""

log = structlog.get_logger(__name__)


async def interval(services: PollServices, source: Source) -> timedelta:
    """Return how often a source that publishes often is read."""
    if services.callback is None:
        return services.base
    async with services.db.read() as tx:
        known = await of_source(tx, source.id)
    is_told = known is not None and known.until is not None and known.until > services.clock()
    return services.base * RELAXED if is_told else services.base


async def subscribe(services: PollServices, source: Source, seen: Look) -> None:
    """Ask the hub that a source names, unless it has promised to tell us, or was just asked."""
    if services.callback is None:
        return
    now = services.clock()
    async with services.db.read() as tx:
        known = await of_source(tx, source.id)
    wanted = _wanted(source, seen, known, now)
    if wanted is None or (known is not None and not _is_needed(known, wanted, now)):
        return
    async with services.db.write() as tx:
        await ask(tx, wanted)
    try:
        await services.fetcher.post(
            wanted.hub,
            {
                "hub.mode": "subscribe",
                "hub.topic": wanted.topic,
                "hub.callback": services.callback + wanted.token,
                "hub.secret": wanted.secret,
                "hub.lease_seconds": str(int(LEASE.total_seconds())),
            },
        )
    except SourceError as error:
        log.info("a hub does not subscribe us", source=source.name, why=str(error))


def _wanted(
    source: Source, seen: Look, known: Subscribed | None, now: datetime
) -> Subscribed | None:
    """Return the subscription to ask for: what the source names now, else what it named before."""
    channel = next((document.channel for document in seen.documents.values()), None)
    hub = seen.links.get("hub") or (channel.hub if channel else None)
    topic = seen.links.get("self") or (channel.topic if channel else None) or source.address
    if hub is None:
        return None if known is None or seen.documents else replace(known, asked=now)
    return Subscribed(
        source_id=source.id,
        hub=hub,
        topic=topic,
        token=known.token if known else secrets.token_urlsafe(24),
        secret=known.secret if known else secrets.token_urlsafe(24),
        asked=now,
        until=None,
    )


def _is_needed(known: Subscribed, wanted: Subscribed, now: datetime) -> bool:
    if (known.hub, known.topic) != (wanted.hub, wanted.topic):
        return True
    ends_soon = known.until is None or known.until - now < AGAIN
    return ends_soon and now - known.asked >= AGAIN
