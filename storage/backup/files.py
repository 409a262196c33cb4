"""Private files that are there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from domain.errors import StoreError

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file that is open."""


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """Yield an empty file beside `target`, for its owner's eyes only; it is gone afterwards.

    Raises `StoreError` where there can be none, and for what the system refuses while it is open.
    """
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".part", dir=target.parent
        )
        os.close(handle)
        path = Path(name)
        try:
            yield path
        finally:
            for each in (path, *beside(path)):
                each.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or type(error).__name__}") from None


def refuse(target: Path, store: Path | None) -> None:
    """Raise `StoreError` for a backup's place that is a folder, or the store itself."""
    if target.is_dir():
        raise StoreError(f"{target}: is a folder")
    if store is not None and target.exists() and target.samefile(store):
        raise StoreError(f"{target}: is the store itself")


def size(path: Path) -> int:
    """Return a file's size in bytes."""
    return path.stat().st_size


def put(path: Path, target: Path) -> None:
    """Let a finished file take its place; after this it survives a power cut."""
    _sync(path)
    path.replace(target)
    _sync(target.parent)


def beside(path: Path) -> list[Path]:
    """Return the files that SQLite may keep beside this one."""
    return [path.with_name(path.name + suffix) for suffix in _BESIDE]


def like(path: Path, other: Path) -> None:
    """Give a file the mode, and where that is allowed the owner, of another."""
    known = other.stat()
    path.chmod(known.st_mode & 0o777)
    with suppress(PermissionError):
        os.chown(path, known.st_uid, known.st_gid)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
