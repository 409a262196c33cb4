"""What a feed says about itself, and what it asks of the names of things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote
from zlib import crc32

from domain.model import TAG_AUTHORITY, Item

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""When an empty feed last changed: the day from which our `tag:` ids are minted."""


class Names(Protocol):
    """Gives what people call a topic, a country or a source."""

    def topic(self, slug: str) -> str:
        """Return the topic's name; its slug where it has none."""

    def country(self, code: str) -> str:
        """Return the country's name; its code where it has none."""

    def source(self, slug: str) -> str:
        """Return the source's name; its slug where it has none."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A link of a feed or an entry (RFC 4287, section 4.2.7). `href` is an absolute address."""

    rel: str
    href: str
    type: str | None = None
    length: int | None = None
    """In bytes; only enclosures have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed without its entries. Addresses are absolute."""

    title: str
    description: str
    home: str
    """The page that shows the same items."""
    self_url: str
    """The canonical address of this very document."""
    language: str
    """Of title and description, as a BCP 47 tag."""
    query: str
    """Canonical form of the query that the feed answers."""
    updated: datetime
    """When the newest change in the feed was made; never the time of rendering."""
    links: tuple[FeedLink, ...] = ()
    """Further links of the document: `hub`, and those of RFC 5005."""
    is_archive: bool = False
    """Whether the document is one of those that stay as they are (RFC 5005, section 4)."""

    @property
    def id(self) -> str:
        """The feed's `tag:` URI, the same in every format and on every machine."""
        return f"tag:{TAG_AUTHORITY}:feed/{quote(self.query, safe='')}"


def published_at(item: Item) -> datetime:
    """Return when a reader should think that the item was published.

    What announces a later day was published when we were told at the latest: readers warn of
    entries from the future, hide them, or keep them on top for years.
    """
    return min(item.published.at, item.added).replace(microsecond=0)


def changed_at(item: Item) -> datetime:
    """Return when a reader should think that the item last changed.

    An item that was never edited changed when it was published, so that an archive that is read in
    today does not look like today's news. The fraction of the second comes from the item's id:
    validators warn of entries with the same time, and those of one day would have it.
    """
    changed = item.updated if item.updated > item.added else published_at(item)
    return changed.replace(microsecond=crc32(item.slug.encode()) % 1_000_000)


def newest_change(items: Iterable[Item]) -> datetime:
    """Return a feed's `updated`: its items' newest change, or `NEVER` when it is empty."""
    return max((changed_at(item) for item in items), default=NEVER)
