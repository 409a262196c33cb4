"""Finding out what a source is, before it is added."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import SourceError
from domain.model import Draft
from domain.sources import Selectors, SourceKind
from domain.sources.model import FEEDS
from feeds.upstream.fetching.fetcher import Fetched, Fetcher
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.source import kind_of
from feeds.upstream.polling.folder import look_into
from feeds.upstream.reading.pool import ReadingPool
from feeds.upstream.reading.wire import Task

FEEDS_TRIED = 3
"""Of those that a page names."""
_PATHS = ("/", "~", "./", "../")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found at an address."""

    address: str
    kind: SourceKind
    title: str
    documents: Mapping[str | None, Document]

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What would be taken."""
        return tuple(draft for document in self.documents.values() for draft in document.drafts)


async def survey(
    address: str,
    fetcher: Fetcher,
    pool: ReadingPool,
    *,
    kind: SourceKind | None = None,
    selectors: Selectors | None = None,
) -> Found:
    """Return what a folder or web address holds.

    A page is read by `selectors` if there are any. Else the first of the feeds that it names counts
    which has entries, and where there is none, the page itself as a listing. With a `kind`, nothing
    else is tried. Raises `SourceError` where nothing to take is found.
    """
    folder = _folder(address)
    if kind is SourceKind.FOLDER or (kind is None and folder is not None):
        path = str(folder or address)
        seen = await look_into(path, None, pool)
        title = path.rpartition("/")[2]
        return _checked(
            Found(address=path, kind=SourceKind.FOLDER, title=title, documents=seen.documents)
        )
    if selectors is not None:
        kind = SourceKind.SELECTORS
    found = await _at(_with_scheme(address), fetcher, pool, kind, selectors)
    (document,) = found.documents.values()
    if kind is None and found.kind is SourceKind.LISTING:
        for feed in document.channel.feeds[:FEEDS_TRIED]:
            try:
                named = await _at(feed, fetcher, pool, SourceKind.RSS, None)
            except SourceError:
                continue
            if named.drafts:
                return named
    return _checked(found)


async def _at(
    address: str,
    fetcher: Fetcher,
    pool: ReadingPool,
    kind: SourceKind | None,
    selectors: Selectors | None,
) -> Found:
    async with fetcher.get(address) as fetched:
        task = Task(
            address=fetched.address, kind=kind, charset=fetched.charset, selectors=selectors
        )
        document = await pool.read(task, _body(fetched))
    return Found(
        address=fetched.moved or address,
        kind=kind_of(document),
        title=document.channel.title,
        documents={None: document},
    )


def _body(fetched: Fetched) -> bytes:
    if fetched.body is None:
        raise SourceError("it says that nothing has changed since we were never there")
    return fetched.body


def _checked(found: Found) -> Found:
    if not found.drafts and found.kind not in FEEDS:
        raise SourceError(
            "neither a feed nor dated entries are found there; CSS selectors can say where a"
            " page's items stand (--item, --item-date, …)"
        )
    return found


def _folder(address: str) -> Path | None:
    """Return the folder that an address names; raises `SourceError` for a path where none is."""
    folder = Path(address).expanduser()
    if address and folder.is_dir():
        return folder.resolve()
    if address.startswith(_PATHS):
        raise SourceError("there is no such folder")
    return None


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"https://{address}"
