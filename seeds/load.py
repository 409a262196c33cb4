"""The shipped documents, read."""

from collections.abc import Iterator
from importlib.resources import files

from feeds.upstream.formats.document import Document
from feeds.upstream.formats.read import read_document


def seed_documents() -> Iterator[tuple[str, Document]]:
    """Yield name and content of each shipped document, in the order of their names."""
    folder = files("seeds") / "documents"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".txt"):
            yield path.name, read_document(path.read_bytes(), name=path.name)
