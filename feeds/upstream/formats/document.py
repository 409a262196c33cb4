"""What a format makes of a document."""

from dataclasses import dataclass

from domain.model import Draft
from feeds.upstream.formats.listing.model import LineAccount


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could have been an entry and was left out."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """The drafts of one document, in its order, and what was left out."""

    format: str
    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...] = ()
    account: tuple[LineAccount, ...] | None = None
    """What became of every non-blank line; None where the format has entries of its own."""
