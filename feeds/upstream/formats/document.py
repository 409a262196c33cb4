"""What a format makes of a document."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from domain.model import Draft
from feeds.upstream.formats.listing.model import LineAccount, Role


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could have been an entry and was left out."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a document says of itself."""

    title: str = ""
    hub: str | None = None
    """Where changes can be subscribed to (WebSub)."""
    topic: str | None = None
    """Its own address, as the hub knows it."""
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    feeds: tuple[str, ...] = ()
    """Addresses of the feeds that a web page names."""


@dataclass(frozen=True, slots=True)
class Document:
    """The drafts of one document, in its order, and what was left out."""

    format: str
    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...] = ()
    account: tuple[LineAccount, ...] | None = None
    """What became of every non-blank line; None where the format has entries of its own."""
    channel: Channel = field(default_factory=Channel)


def skipped_lines(account: Iterable[LineAccount]) -> tuple[Skipped, ...]:
    """Return the lines of a listing that could have been entries, by their numbers."""
    return tuple(
        Skipped(str(line.number), line.reason) for line in account if line.role is Role.SKIPPED
    )
