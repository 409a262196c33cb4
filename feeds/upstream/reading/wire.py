"""What goes to a worker and comes back: JSON, since a worker may have been taken over."""

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from domain.sources import Selectors, SourceKind
from feeds.upstream.formats.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """How the bytes that follow are to be read; see `read_source`."""

    address: str
    kind: SourceKind | None = None
    charset: str | None = None
    selectors: Selectors | None = None
    name: str | None = None
    """A document's file name, where it is one of a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of it: a document, or why there is none."""

    document: Document | None = None
    problem: str = ""


TASK: Final = TypeAdapter(Task)
ANSWER: Final = TypeAdapter(Answer)

LENGTH: Final = 4
"""Bytes of the big-endian number before each part."""
