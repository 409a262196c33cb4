"""One door to all feed formats.

A feed is its head, the entries of its items, each rendered on its own, and its tail. So an entry
that is kept goes into any number of feeds by being copied.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.links import Links
from domain.model import Item
from feeds.publish.channel import Channel, Names
from feeds.publish.fragments import Fragments
from feeds.publish.jsonfeed import JSON_TYPE, json_entries, json_frame
from feeds.publish.xml import (
    ATOM_TYPE,
    RSS_TYPE,
    atom_entries,
    atom_frame,
    rss_entries,
    rss_frame,
)

ENTRIES = 50
"""How many items a feed shows."""


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A feed format: how it is served and what writes it."""

    title: str
    media_type: str
    frame: Callable[[Channel], tuple[bytes, bytes]]
    """Returns what stands before and behind the entries."""
    entries: Callable[[Sequence[Item], Links, Names], list[bytes]]
    between: bytes = b""
    """What parts two entries."""


FORMATS = {
    "rss": FeedFormat("RSS", RSS_TYPE, rss_frame, rss_entries),
    "atom": FeedFormat("Atom", ATOM_TYPE, atom_frame, atom_entries),
    "json": FeedFormat("JSON Feed", JSON_TYPE, json_frame, json_entries, between=b", "),
}
"""By the extension that an address ends in."""


def render(
    extension: str,
    channel: Channel,
    items: Sequence[Item],
    links: Links,
    names: Names,
    fragments: Fragments | None = None,
) -> bytes:
    """Return the feed document in one of `FORMATS`, its items in the order given.

    The same values give the same bytes, whether or not entries are taken from `fragments`.
    """
    chosen = FORMATS[extension]

    def entries(missing: Sequence[Item]) -> list[bytes]:
        return chosen.entries(missing, links, names)

    made = entries(items) if fragments is None else fragments.of(extension, items, entries)
    head, tail = chosen.frame(channel)
    return b"".join((head, chosen.between.join(made), tail))
