"""Taking in what a source shows: one transaction with the note that it was read."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.classify import Classifier
from domain.language import language_of
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
from storage.ingest import Status, ingest
from storage.recognise import recognise

AHEAD = timedelta(minutes=5)
"""Clocks differ by so much; what a feed dates later than that is dated when it was first seen."""
_OPENING = 1_500


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

    Raises `StoreError`; nothing is stored then, and the look can be repeated.
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
    work = []
    for name, document in seen.documents.items():
        drafts = [_tempered(draft, seen, now) for draft in document.drafts]
        async with services.db.read() as tx:
            known = await recognise(tx, drafts, source=source.name, document=name, now=now)
        if known.is_known:
            continue
        days = [drafts[place].published for place in known.new]
        old = quiet(days, shown=len(drafts), last_read=source.last_success)
        work.append((name, drafts, [known.new[place] for place in old]))
    taken = Taken(next_poll=due)
    done = sources.Success(
        next_poll=due,
        etag=seen.etag,
        last_modified=seen.last_modified,
        digest=seen.digest,
        hints=hints,
        kind=seen.kind,
        address=seen.moved,
    )
    if not work:
        await notes.add(source, done)
        return taken
    classifier = await asyncio.to_thread(_ready, services.classifier, work)
    async with services.db.write() as tx:
        for name, drafts, held in work:
            taken = await _store(tx, classifier, source, name, drafts, held, taken, now)
        done = replace(done, added=taken.new)
        await sources.succeeded(tx, [(source, done)], now=now)
    if taken.new:
        services.nudge()
    return taken


def _ready(
    classifier: Callable[[], Classifier],
    work: Sequence[tuple[str | None, Sequence[Draft], Sequence[int]]],
) -> Classifier:
    """Load here, in a thread, what classifying these drafts needs: it can take a second."""
    for _, drafts, _ in work:
        for draft in drafts:
            if draft.lang is None:
                language_of(draft.title, draft.body[:_OPENING])
    return classifier()


async def _store(
    tx: Transaction,
    classifier: Classifier,
    source: Source,
    name: str | None,
    drafts: Sequence[Draft],
    held: Sequence[int],
    before: Taken,
    now: datetime,
) -> Taken:
    report = await ingest(
        tx,
        drafts,
        source=source.name,
        document=name,
        classifier=classifier,
        now=now,
        push=source.last_success is not None,
        held=held,
    )
    return replace(
        before,
        new=before.new + report.count(Status.NEW),
        changed=before.changed + report.count(Status.CHANGED),
        held=before.held + len(held),
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
