"""Taking in what a source shows: a few items a transaction, and then the note that it was read.

Who is killed in between reads the source again and finds what was taken in. Until the note, a first
reading stays one, so that nothing of it is pushed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.classify import Classifier
from domain.model import Draft
from domain.sources import Hints, Source
from domain.sources.model import FEEDS
from domain.sources.news import quiet
from domain.sources.rhythm import next_poll, pace_of
from feeds.upstream.formats.document import Document
from feeds.upstream.polling.hubs import interval
from feeds.upstream.polling.look import Look
from feeds.upstream.polling.notes import Notes
from feeds.upstream.polling.services import PollServices
from storage import sources
from storage.database import Transaction
from storage.ingest import Status, ingest, read_ahead
from storage.recognise import recognise
from storage.rows import batches

AHEAD = timedelta(minutes=5)
"""Clocks differ by so much; what a feed dates later than that is dated when it was first seen."""
AT_ONCE = 10
"""Items a transaction: about a tenth of a second, in which replies that write have to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of what a source shows."""

    new: int = 0
    changed: int = 0
    held: int = 0
    """New ones that are no news, and not pushed."""
    next_poll: datetime


async def take(services: PollServices, source: Source, seen: Look, notes: Notes) -> Taken:
    """Store what a look has shown. Nothing is pushed of a source that is read for the first time.

    Raises `StoreError`; the source does not count as read then, and the look can be repeated.
    """
    now = services.clock()
    hints = _hints(source, seen, now)
    due = next_poll(
        now,
        await interval(services, source),
        hints,
        max_age=timedelta(seconds=seen.max_age),
        jitter=services.jitter(),
    )
    work: list[_Work] = []
    for name, document in seen.documents.items():
        drafts = [_tempered(draft, seen, now) for draft in document.drafts]
        async with services.db.read() as tx:
            known = await recognise(tx, drafts, source=source.name, document=name, now=now)
        if not known.unseen:
            continue
        days = [drafts[place].published for place in known.new]
        old = quiet(days, shown=len(drafts), last_read=source.last_success)
        held = [known.new[place] for place in old]
        work.append(_Work(name, drafts, known.unseen, frozenset(held)))
    taken = Taken(next_poll=due, held=sum(len(one.held) for one in work))
    done = sources.Success(
        next_poll=due,
        etag=seen.etag,
        last_modified=seen.last_modified,
        digest=seen.digest,
        hints=hints,
        kind=seen.kind,
        address=seen.moved,
    )
    for one in work:
        for places in batches(one.places, AT_ONCE):
            async with services.taking:
                classifier = await asyncio.to_thread(_ready, services, one, places, now)
                async with services.db.write() as tx:
                    taken = await _store(tx, classifier, source, one, places, taken, now)
    await notes.add(source, replace(done, added=taken.new))
    if taken.new:
        services.nudge()
    return taken


@dataclass(frozen=True, slots=True)
class _Work:
    """A document, with the places of the drafts to be taken in, and of those not to be pushed."""

    name: str | None
    drafts: Sequence[Draft]
    places: Sequence[int]
    held: frozenset[int]


def _ready(services: PollServices, work: _Work, places: Sequence[int], now: datetime) -> Classifier:
    classifier = services.classifier()
    read_ahead([work.drafts[place] for place in places], classifier, now)
    return classifier


async def _store(
    tx: Transaction,
    classifier: Classifier,
    source: Source,
    work: _Work,
    places: Sequence[int],
    before: Taken,
    now: datetime,
) -> Taken:
    report = await ingest(
        tx,
        work.drafts,
        source=source.name,
        document=work.name,
        classifier=classifier,
        now=now,
        push=source.last_success is not None,
        held=work.held,
        places=places,
    )
    return replace(
        before,
        new=before.new + report.count(Status.NEW),
        changed=before.changed + report.count(Status.CHANGED),
    )


def _tempered(draft: Draft, seen: Look, now: datetime) -> Draft:
    """Return a draft without a date to come: on a page it can be an event's, in a feed not."""
    if seen.kind in FEEDS and draft.published and draft.published.at > now + AHEAD:
        return replace(draft, published=None)
    return draft


def _hints(source: Source, seen: Look, now: datetime) -> Hints:
    """Return what the source says about when to come back; as before, where it is as before."""
    if not seen.documents:
        return source.hints
    moments = [
        draft.published.at
        for document in seen.documents.values()
        for draft in document.drafts
        if draft.published
    ]
    hints = Hints(pace=pace_of(moments, now))
    for document in seen.documents.values():
        hints = _joined(hints, document)
    return hints


def _joined(hints: Hints, document: Document) -> Hints:
    channel = document.channel
    return replace(
        hints, ttl=channel.ttl, skip_hours=channel.skip_hours, skip_days=channel.skip_days
    )
