"""What a web page has beside its text: its title, the feeds that it names, and its links."""

import re
from collections.abc import Iterator

from lxml import etree, html

from domain.text import fold
from feeds.upstream.formats.limits import absolute

_FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/feed+json application/rdf+xml".split()
)
_FEED_ENDING = re.compile(
    r"(?:/(?:feed|rss2?|atom)/?|\.(?:rss|atom|rdf)|/(?:feed|rss2?|atom|index)\.xml|/feed\.json)"
    r"(?:[?#]|$)|[?&](?:feed|format|type)=(?:feed|rss2?|atom)\b",
    re.IGNORECASE,
)
"""As usual programs for the web name them."""
_LINKS_READ = 5_000


class WebPage:
    """A page at an address; any text is one."""

    def __init__(self, markup: str, address: str):
        self._root = _parse(markup)
        base = self._root.find(".//base[@href]")
        named = absolute(base.get("href") or "", address) if base is not None else None
        self.base: str = named or address

    @property
    def root(self) -> html.HtmlElement:
        """The tree, for selectors."""
        return self._root

    @property
    def title(self) -> str:
        """What the page calls itself."""
        return " ".join((self._root.findtext(".//title") or "").split())

    def feeds(self) -> tuple[str, ...]:
        """Return the addresses of feeds: those announced for readers, then those linked to.

        Feeds of comments come last.
        """
        announced = [
            link.get("href") or ""
            for link in self._root.iterfind(".//link[@href]")
            if "alternate" in (link.get("rel") or "").lower().split()
            and (link.get("type") or "").lower().partition(";")[0].strip() in _FEED_TYPES
        ]
        linked = [href for href, _ in self._links() if _FEED_ENDING.search(href)]
        found = [absolute(href, self.base) for href in (*announced, *linked)]
        return tuple(
            sorted(dict.fromkeys(filter(None, found)), key=lambda href: "comment" in href.lower())
        )

    def addresses(self) -> dict[str, str]:
        """Return where texts link to, by the folded text; those that link to two places are out."""
        found: dict[str, str | None] = {}
        for href, text in self._links():
            address = absolute(href, self.base)
            key = fold(" ".join(text.split()))
            if address and key:
                found[key] = address if found.get(key, address) == address else None
        return {key: address for key, address in found.items() if address}

    def _links(self) -> Iterator[tuple[str, str]]:
        for number, link in enumerate(self._root.iterfind(".//a[@href]")):
            if number == _LINKS_READ:
                return
            yield link.get("href") or "", "".join(link.itertext())


def _parse(markup: str) -> html.HtmlElement:
    data = markup.encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return html.document_fromstring("<html></html>")
    return root
