"""The feedgen extension that writes what feedgen loses or leaves out.

feedgen 1.0 drops `rel`, `type` and `length` of Atom entry links, writes only one `atom:link` into
an RSS channel, knows no language of an entry, and drops an RSS author without an e-mail address.
The same extension is registered for feed and entries.
"""

from collections.abc import Iterable
from email.utils import format_datetime

import feedgen.entry
import feedgen.feed
from lxml.etree import SubElement, _Element

from feeds.publish.channel import FeedLink

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
FEED_HISTORY = "http://purl.org/syndication/history/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# feedgen formats RFC 822 dates with strftime after switching the locale of the whole process, which
# other threads would see. This does the same without a locale.
feedgen.feed.formatRFC2822 = format_datetime
feedgen.entry.formatRFC2822 = format_datetime


class FeedExtension:
    """Writes all links of a feed, and whether it is an archive."""

    def __init__(self) -> None:
        self.links: tuple[FeedLink, ...] = ()
        self.is_archive = False

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that feed and entries use."""
        return {"dc": DUBLIN_CORE} | ({"fh": FEED_HISTORY} if self.is_archive else {})

    def extend_atom(self, feed: _Element) -> _Element:
        """Put the whole links in the place of those that feedgen wrote."""
        _replace_links(feed, self.links)
        self._mark_archive(feed)
        return feed

    def extend_rss(self, feed: _Element) -> _Element:
        """Add every link but the home page, which RSS has an element for."""
        (channel,) = feed
        for link in self.links:
            if link.rel != "alternate":
                _write_link(channel, f"{{{ATOM}}}link", link)
        self._mark_archive(channel)
        return feed

    def _mark_archive(self, parent: _Element) -> None:
        if self.is_archive:
            SubElement(parent, f"{{{FEED_HISTORY}}}archive")


class EntryExtension:
    """Writes links, language, author and rights of an entry."""

    def __init__(self) -> None:
        self.links: tuple[FeedLink, ...] = ()
        self.lang: str | None = None
        self.creator = ""
        self.rights: str | None = None

    def extend_atom(self, entry: _Element) -> _Element:
        """Put the whole links in the place of feedgen's, and say the language."""
        _replace_links(entry, self.links)
        self._write_language(entry)
        return entry

    def extend_rss(self, entry: _Element) -> _Element:
        """Say author, rights and language by Dublin Core, the language also by `xml:lang`."""
        SubElement(entry, f"{{{DUBLIN_CORE}}}creator").text = self.creator
        if self.rights:
            SubElement(entry, f"{{{DUBLIN_CORE}}}rights").text = self.rights
        self._write_language(entry)
        return entry

    def _write_language(self, entry: _Element) -> None:
        if self.lang:
            entry.set(XML_LANG, self.lang)
            SubElement(entry, f"{{{DUBLIN_CORE}}}language").text = self.lang


def _replace_links(parent: _Element, links: Iterable[FeedLink]) -> None:
    # feedgen writes Atom's namespace as a plain attribute: its elements have no namespace in memory
    for old in parent.findall("link"):
        parent.remove(old)
    for link in links:
        _write_link(parent, "link", link)


def _write_link(parent: _Element, tag: str, link: FeedLink) -> None:
    element = SubElement(parent, tag, rel=link.rel, href=link.href)
    if link.type is not None:
        element.set("type", link.type)
    if link.length is not None:
        element.set("length", str(link.length))
