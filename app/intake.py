"""Documents and single items into the store: read all, then write all in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.settings import load_settings
from app.store import open_store
from domain.errors import DocumentError
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.read import read_document
from seeds.data import load_classifier
from seeds.load import seed_documents
from storage.ingest import Status, ingest


def read_file(path: Path) -> tuple[str, Document]:
    """Return a document's name and what it holds; raises `DocumentError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", document=path.name) from None
    return path.name, read_document(data, name=path.name)


async def take_in(
    files: Sequence[Path] | None, *, source: str, push: bool, now: datetime
) -> list[dict[str, Any]]:
    """Store the documents, or the shipped ones, and return what became of each.

    All are read before the first is written, so that a broken one leaves the store untouched.
    """
    documents = list(seed_documents()) if files is None else [read_file(path) for path in files]
    classifier = load_classifier()
    records = []
    async with open_store(load_settings()) as db, db.write() as tx:
        for name, document in documents:
            report = await ingest(
                tx,
                document.drafts,
                source=source,
                document=name,
                classifier=classifier,
                now=now,
                push=push,
            )
            skipped = [{"where": entry.where, "reason": entry.reason} for entry in document.skipped]
            counts = {status.value: report.count(status) for status in Status}
            records.append({"document": name, **counts, "skipped": skipped})
    return records
