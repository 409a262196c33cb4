"""RSS 2.0 and Atom 1.0 (RFC 4287), written by feedgen. The same values give the same bytes."""

import re
from collections.abc import Sequence
from datetime import UTC
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from domain.links import Links
from domain.model import Item
from domain.text import clean
from feeds.publish.channel import NEVER, Channel, FeedLink, Names
from feeds.publish.content import plain_text
from feeds.publish.entry import Entry, entry_of
from feeds.publish.extension import EntryExtension, FeedExtension

RSS_TYPE = "application/rss+xml"
ATOM_TYPE = "application/atom+xml"
MINUTES_TO_LIVE = 15
"""RSS `ttl`: how long a reader may wait before it asks again."""

_TITLE = re.compile(rb"<title>[^<]*")

_NOWHERE = Channel(
    title="-", description="-", home="-", self_url="-", language="en", query="", updated=NEVER
)
"""For entries that are rendered apart from a feed."""


def rss_frame(channel: Channel) -> tuple[bytes, bytes]:
    """Return an RSS 2.0 document without entries, parted where they go.

    It follows the RSS Advisory Board's profile, as the entries do.
    """
    feed = _feed(channel, RSS_TYPE)
    return _parted(_TITLE.sub(_numeric_references, feed.rss_str()), b"</channel>")


def rss_entries(items: Sequence[Item], links: Links, names: Names) -> list[bytes]:
    """Return the items' elements as they stand in an RSS 2.0 document."""
    feed = _feed(_NOWHERE, RSS_TYPE)
    for item in items:
        entry = entry_of(item, links, names)
        element = _element(feed, entry)
        if entry.summary:
            # an RSS description is HTML
            element.summary(escape(entry.summary, quote=False))
        if entry.via:
            element.source(url=entry.via, title=entry.author)
    return _elements(_TITLE.sub(_numeric_references, feed.rss_str()), b"item")


def atom_frame(channel: Channel) -> tuple[bytes, bytes]:
    """Return an Atom 1.0 document without entries, parted where they go."""
    return _parted(_feed(channel, ATOM_TYPE).atom_str(), b"</feed>")


def atom_entries(items: Sequence[Item], links: Links, names: Names) -> list[bytes]:
    """Return the items' elements as they stand in an Atom 1.0 document."""
    feed = _feed(_NOWHERE, ATOM_TYPE)
    for item in items:
        entry = entry_of(item, links, names)
        element = _element(feed, entry)
        element.author(name=entry.author)
        element.rights(entry.rights)
        if entry.summary:
            element.summary(plain_text(entry.summary))
    return _elements(feed.atom_str(), b"entry")


def _elements(document: bytes, name: bytes) -> list[bytes]:
    # Markup in a text is escaped, so that nothing within an element looks like its end.
    begin, end = b"<" + name, b"</" + name + b">"
    parts = document.split(begin)[1:]
    return [begin + part.partition(end)[0] + end for part in parts]


def _parted(document: bytes, end: bytes) -> tuple[bytes, bytes]:
    head, end, rest = document.rpartition(end)
    return head, end + rest


def _feed(channel: Channel, media_type: str) -> Any:
    feed = FeedGenerator()
    feed.register_extension("topicwire", FeedExtension, EntryExtension)
    feed.id(channel.id)
    feed.title(plain_text(clean(channel.title)))
    feed.subtitle(plain_text(clean(channel.description)))
    feed.language(channel.language)
    feed.updated(channel.updated.astimezone(UTC).replace(microsecond=0))
    feed.generator("Topicwire")
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.ttl(MINUTES_TO_LIVE)
    feed.link(href=channel.home, rel="alternate")
    feed.topicwire.is_archive = channel.is_archive
    feed.topicwire.links = (
        FeedLink("alternate", channel.home, "text/html"),
        FeedLink("self", channel.self_url, media_type),
        *channel.links,
    )
    return feed


def _element(feed: Any, entry: Entry) -> FeedEntry:
    element = feed.add_entry(order="append")
    element.id(entry.id)
    element.title(plain_text(entry.title))
    element.content(entry.content, type="html")
    element.published(entry.published)
    element.updated(entry.updated)
    element.link(href=entry.url, rel="alternate")
    for category in entry.categories:
        element.category(term=category.term, scheme=category.scheme, label=category.label)
    element.topicwire.lang = entry.lang
    element.topicwire.creator = entry.author
    element.topicwire.rights = entry.rights
    via = (FeedLink("via", entry.via),) if entry.via else ()
    element.topicwire.links = (FeedLink("alternate", entry.url, "text/html"), *via)
    return element


def _numeric_references(title: re.Match[bytes]) -> bytes:
    # the profile's form: it survives readers that replace named references a second time
    return title[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
