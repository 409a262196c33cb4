"""What an upstream source is, as frozen values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source is read."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    LISTING = "listing"
    """A web page, by the listing reader on its text."""
    SELECTORS = "selectors"
    """A web page, by CSS selectors of the operator's."""
    FOLDER = "folder"
    """Documents in a folder of this machine."""


FEEDS = frozenset((SourceKind.RSS, SourceKind.ATOM, SourceKind.JSON))
"""A source may go from one of these to another without being asked."""


class SourceState(StrEnum):
    """Whether a source is read."""

    ON = "on"
    PAUSED = "paused"
    """The operator has said so; it is read when it is asked for by name."""
    GONE = "gone"
    """It said itself that it is no more (410)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """Where a page's items and their parts stand, as CSS selectors.

    The parts are looked for inside the item. Without `title` the item's first link is the title,
    without `link` the title's own link is taken.
    """

    item: str
    title: str = ""
    link: str = ""
    date: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a source says about when to come back, as it stood when last read."""

    pace: timedelta | None = None
    """How far apart its items are; None where that cannot be told."""
    ttl: timedelta | None = None
    """RSS `ttl`, or the `sy:` module's period."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, UTC."""
    skip_days: frozenset[int] = frozenset()
    """0 is Monday, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source and how reading it went."""

    id: int
    name: str
    """Stable, of small letters, digits and hyphens: what its items have in `source`."""
    title: str
    address: str
    """A web address, or a folder's path. May hold a password or key: not for the public."""
    kind: SourceKind
    selectors: Selectors | None = None
    state: SourceState = SourceState.ON
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    """Tells whether what is fetched is what was read last."""
    hints: Hints = field(default_factory=Hints)
    next_poll: datetime | None = None
    """None while it is not read by itself."""
    last_poll: datetime | None = None
    last_success: datetime | None = None
    items: int = 0
    """Items taken in so far."""
    failures: int = 0
    """Since the last success."""
    problem: str | None = None
    """What went wrong last, in plain words without an address."""
    reported: bool = False
    """The operator has been told of the problem."""
