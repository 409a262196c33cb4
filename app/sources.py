"""What the commands about upstream sources do."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.observability import set_up_logging
from app.polling import poll_services
from app.settings import Settings, load_settings
from app.store import open_store
from domain.errors import DocumentError
from domain.sources import Selectors, Source, SourceKind
from domain.sources.model import FEEDS
from domain.sources.naming import checked_name, name_for
from feeds.publish.opml import Outline, render_opml
from feeds.upstream.fetching.fetcher import fetching
from feeds.upstream.formats.opml import read_opml
from feeds.upstream.formats.selected import check
from feeds.upstream.polling.poller import Poller
from feeds.upstream.reading.pool import ReadingPool
from feeds.upstream.survey import survey
from seeds.data import load_sources
from storage import sources

TITLE = "Topicwire: sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A source that could be added."""

    address: str
    kind: SourceKind
    title: str
    name: str
    """Empty where it is to be made."""
    selectors: Selectors | None
    preview: list[dict[str, Any]]


async def list_sources() -> list[dict[str, Any]]:
    """Return every source as a record."""
    async with open_store(load_settings()) as db, db.read() as tx:
        return [_record(source) for source in await sources.all_sources(tx)]


def shipped_sources() -> list[dict[str, Any]]:
    """Return the sources that are shipped, switched off, as records."""
    return [
        {
            "name": one.name,
            "kind": one.kind.value if one.kind else None,
            "title": one.title,
            "address": one.address,
            "seen": one.seen,
        }
        for one in load_sources()
    ]


async def look_at(
    address: str,
    *,
    name: str,
    title: str,
    kind: SourceKind | None,
    selectors: Selectors | None,
) -> Candidate:
    """Return what an address, folder or shipped source holds; raises `SourceError`."""
    if selectors is not None:
        check(selectors)
    if name:
        checked_name(name)
    for shipped in load_sources():
        if shipped.name == address:
            name, title = name or shipped.name, title or shipped.title
            address, kind = shipped.address, kind or shipped.kind
    async with _reading(load_settings()) as (fetcher, pool):
        found = await survey(address, fetcher, pool, kind=kind, selectors=selectors)
    preview = [
        {
            "published": draft.published.isoformat() if draft.published else None,
            "title": draft.title,
            "link": draft.link,
        }
        for draft in found.drafts
    ]
    return Candidate(
        address=found.address,
        kind=found.kind,
        title=title or found.title or found.address,
        name=name,
        selectors=selectors,
        preview=preview,
    )


async def add_source(found: Candidate) -> str:
    """Add a source and return its name; raises `InputError` for one that is there."""
    async with open_store(load_settings()) as db, db.write() as tx:
        taken = {source.name for source in await sources.all_sources(tx)}
        source = await sources.add(
            tx,
            name=found.name or name_for(found.title, found.address, taken),
            title=found.title,
            address=found.address,
            kind=found.kind,
            selectors=found.selectors,
            now=_now(),
        )
    return source.name


async def remove_sources(names: Sequence[str]) -> None:
    """Forget sources; raises `NotFoundError`, and none is forgotten then."""
    async with open_store(load_settings()) as db, db.write() as tx:
        for name in names:
            await sources.remove(tx, name)


async def pause_sources(names: Sequence[str]) -> None:
    """Stop reading sources until they are resumed; raises `NotFoundError`, and none is then."""
    async with open_store(load_settings()) as db, db.write() as tx:
        for name in names:
            await sources.pause(tx, name)


async def resume_sources(names: Sequence[str]) -> None:
    """Read sources again that were paused or gone; raises `NotFoundError`, and none is then."""
    async with open_store(load_settings()) as db, db.write() as tx:
        for name in names:
            await sources.resume(tx, name, _now())


async def poll_sources(names: Sequence[str]) -> list[dict[str, Any]]:
    """Read sources now, and return what came of each."""
    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    async with open_store(settings) as db, poll_services(settings, db) as services:
        outcomes = await Poller(services).poll(names)
    return [
        {
            "source": outcome.source,
            "new": outcome.new,
            "changed": outcome.changed,
            "held": outcome.held,
            "problem": outcome.problem,
            "next_poll": _moment(outcome.next_poll),
        }
        for outcome in outcomes
    ]


async def import_opml(path: Path) -> list[dict[str, Any]]:
    """Add the feeds that an OPML document lists, and return what became of each."""
    try:
        listed = read_opml(path.read_bytes(), document=path.name)  # noqa: ASYNC240
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", document=path.name) from None
    records = []
    async with open_store(load_settings()) as db, db.write() as tx:
        known = await sources.all_sources(tx)
        taken = {source.name for source in known}
        addresses = {source.address: source.name for source in known}
        for feed in listed:
            name, result = addresses.get(feed.address), "there already"
            if name is None:
                name, result = name_for(feed.title, feed.address, taken), "added"
                taken.add(name)
                await sources.add(
                    tx,
                    name=name,
                    title=feed.title or name,
                    address=feed.address,
                    kind=SourceKind.RSS,
                    now=_now(),
                )
            records.append({"result": result, "name": name, "address": feed.address})
    return records


async def export_opml() -> tuple[bytes, int]:
    """Return the feeds as an OPML document, and how many sources are none."""
    async with open_store(load_settings()) as db, db.read() as tx:
        known = await sources.all_sources(tx)
    feeds = [source for source in known if source.kind in FEEDS]
    outlines = [Outline(title=source.title, feed_url=source.address) for source in feeds]
    return render_opml(TITLE, outlines), len(known) - len(feeds)


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[Any]:
    async with (
        fetching(
            contact=settings.public_url,
            clock=_now,
            allow_private=settings.allow_private_sources,
        ) as fetcher,
        ReadingPool().open() as pool,
    ):
        yield fetcher, pool


def _record(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "title": source.title,
        "kind": source.kind.value,
        "state": source.state.value,
        "address": source.address,
        "last_poll": _moment(source.last_poll),
        "last_success": _moment(source.last_success),
        "items": source.items,
        "failures": source.failures,
        "problem": source.problem,
        "next_poll": _moment(source.next_poll),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _now() -> datetime:
    return datetime.now(UTC)
