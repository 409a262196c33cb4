"""Looking at a source: fetching and reading it, without touching the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from domain.errors import SourceError
from domain.sources import Source, SourceKind
from feeds.upstream.fetching.fetcher import Fetcher
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.source import kind_of
from feeds.upstream.polling.folder import look_into
from feeds.upstream.reading.pool import ReadingPool
from feeds.upstream.reading.wire import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a source shows: nothing in `documents` where it is as it was."""

    documents: Mapping[str | None, Document] = field(default_factory=dict)
    """By name; a source of one document has no name for it."""
    skipped: tuple[str, ...] = ()
    """Documents of a folder that cannot be read, and why."""
    kind: SourceKind
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    moved: str | None = None
    max_age: float = 0.0
    links: Mapping[str, str] = field(default_factory=dict)


async def look(source: Source, fetcher: Fetcher, pool: ReadingPool) -> Look:
    """Return what a source shows; raises `SourceError`."""
    if source.kind is SourceKind.FOLDER:
        return await _look_into(source, pool)
    async with fetcher.get(
        source.address, etag=source.etag, last_modified=source.last_modified
    ) as fetched:
        if fetched.body is None:
            return Look(
                kind=source.kind,
                etag=fetched.etag or source.etag,
                last_modified=fetched.last_modified or source.last_modified,
                moved=fetched.moved,
                max_age=fetched.max_age,
            )
        digest = sha256(fetched.body).hexdigest()[:32]
        seen = Look(
            kind=source.kind,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            digest=digest,
            moved=fetched.moved,
            max_age=fetched.max_age,
            links=fetched.links,
        )
        if digest == source.digest:
            return seen
        task = Task(
            address=fetched.address,
            kind=source.kind,
            charset=fetched.charset,
            selectors=source.selectors,
        )
        document = await pool.read(task, fetched.body)
    if source.kind in (SourceKind.LISTING, SourceKind.SELECTORS) and not document.drafts:
        raise SourceError("no dated entry is found on the page any more")
    return replace(seen, documents={None: document}, kind=kind_of(document))


async def _look_into(source: Source, pool: ReadingPool) -> Look:
    found = await look_into(source.address, source.digest, pool)
    return Look(
        documents=found.documents,
        skipped=found.skipped,
        kind=SourceKind.FOLDER,
        digest=found.digest,
    )
