"""The outer addresses of pages and feeds, as INTERFACES fixes them; pure string work."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

FEED_FORMATS = ("rss", "atom", "json")


@dataclass(frozen=True, slots=True)
class Links:
    """Builds absolute addresses under `public_url` (no trailing slash)."""

    public_url: str
    bot_username: str | None = None

    def item(self, slug: str) -> str:
        """Return the page of an item."""
        return f"{self.public_url}/items/{quote(slug)}"

    def topic(self, slug: str) -> str:
        """Return the page of a topic."""
        return f"{self.public_url}/topics/{quote(slug)}"

    def country(self, code: str) -> str:
        """Return the page of a country, by its ISO 3166-1 alpha-2 code."""
        return f"{self.public_url}/countries/{quote(code.lower())}"

    def search(self, query: str) -> str:
        """Return the page that answers a canonical query: front page, topic, country or search."""
        return self._place(query) or f"{self.public_url}/search?{urlencode({'q': query})}"

    def timeline(self, query: str) -> str:
        """Return the page that counts by year what a canonical query finds."""
        return f"{self.public_url}/timeline{_asking(query)}"

    def status(self) -> str:
        """Return the page that says how the service is."""
        return f"{self.public_url}/status"

    def record(self, slug: str, extension: str) -> str:
        """Return the record of an item: `bib`, `ris`, `csv` or `jsonl`."""
        return f"{self.item(slug)}.{extension}"

    def feed(self, query: str, extension: str = "rss") -> str:
        """Return the feed of a canonical query, below the page that answers it."""
        place = self._place(query)
        if place:
            return f"{place.rstrip('/')}/feed.{extension}"
        return f"{self.public_url}/search/feed.{extension}?{urlencode({'q': query})}"

    def calendar(self, query: str) -> str:
        """Return the calendar of the events that a canonical query finds."""
        return f"{self.public_url}/events.ics{_asking(query)}"

    def topic_feeds(self) -> str:
        """Return the list of all topics' feeds."""
        return f"{self.public_url}/opml.xml"

    def export(self, query: str, extension: str) -> str:
        """Return the file with what a canonical query finds: `csv`, `bib`, `ris` or `jsonl`."""
        return f"{self.public_url}/export.{extension}{_asking(query)}"

    def _place(self, query: str) -> str | None:
        """Return the page of its own that a query has: everything, one topic or one country."""
        if not query:
            return f"{self.public_url}/"
        field, _, value = query.partition(":")
        if field == "topic" and value.replace("-", "").isalnum():
            return self.topic(value)
        if field == "country" and len(value) == 2 and value.isalpha():
            return self.country(value)
        return None


def _asking(query: str) -> str:
    return f"?{urlencode({'q': query})}" if query else ""
