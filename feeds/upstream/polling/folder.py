"""A folder of documents as a source."""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from domain.errors import SourceError
from feeds.upstream.formats.decode import MAX_BYTES
from feeds.upstream.formats.document import Document
from feeds.upstream.reading.pool import ReadingPool
from feeds.upstream.reading.wire import Task

MAX_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Folder:
    """What is in a folder; no documents where nothing has changed."""

    digest: str
    documents: dict[str | None, Document] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


async def look_into(address: str, digest: str | None, pool: ReadingPool) -> Folder:
    """Read the documents of a folder, hidden files and folders within left out.

    Nothing is read where names, sizes and times are those of `digest`. A document that cannot be
    read is skipped, with the reason. Raises `SourceError` for a folder that cannot be read, has
    more than `MAX_FILES` files, or no document that can be read.
    """
    files, found = await asyncio.to_thread(_list, Path(address))
    if found == digest:
        return Folder(found)
    documents: dict[str | None, Document] = {}
    skipped = []
    for path in files:
        try:
            data = await asyncio.to_thread(_read, path)
            documents[path.name] = await pool.read(Task(address="", name=path.name), data)
        except SourceError as error:
            skipped.append(str(error))
    if skipped and not documents:
        raise SourceError(skipped[0])
    return Folder(found, documents, tuple(skipped))


def _list(folder: Path) -> tuple[list[Path], str]:
    try:
        files = sorted(
            path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
        )
        marks = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    except OSError as error:
        raise SourceError(f"the folder cannot be read: {error.strerror}") from None
    if len(files) > MAX_FILES:
        raise SourceError(f"the folder has more than {MAX_FILES} files")
    return files, sha256(repr(marks).encode()).hexdigest()[:32]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read: {error.strerror}") from None
