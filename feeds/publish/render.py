"""One door to all feed formats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.links import Links
from domain.model import Item
from feeds.publish.channel import Channel, Names
from feeds.publish.jsonfeed import JSON_TYPE, render_json
from feeds.publish.xml import ATOM_TYPE, RSS_TYPE, render_atom, render_rss

ENTRIES = 50
"""How many items a feed shows."""


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A feed format: how it is served and what writes it."""

    title: str
    media_type: str
    render: Callable[[Channel, Sequence[Item], Links, Names], bytes]


FORMATS = {
    "rss": FeedFormat("RSS", RSS_TYPE, render_rss),
    "atom": FeedFormat("Atom", ATOM_TYPE, render_atom),
    "json": FeedFormat("JSON Feed", JSON_TYPE, render_json),
}
"""By the extension that an address ends in."""


def render(
    extension: str, channel: Channel, items: Sequence[Item], links: Links, names: Names
) -> bytes:
    """Return the feed document in one of `FORMATS`, its items in the order given."""
    return FORMATS[extension].render(channel, items, links, names)
