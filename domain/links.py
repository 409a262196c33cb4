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

    def search(self, query: str) -> str:
        """Return the page that answers a query; the empty query is the front page."""
        if not query:
            return f"{self.public_url}/"
        return f"{self.public_url}/search?{urlencode({'q': query})}"

    def feed(self, query: str, extension: str = "rss") -> str:
        """Return the feed of a canonical query: everything, one topic, or a search."""
        if not query:
            return f"{self.public_url}/feed.{extension}"
        topic = query.removeprefix("topic:")
        if topic != query and topic.replace("-", "").isalnum():
            return f"{self.topic(topic)}/feed.{extension}"
        return f"{self.public_url}/search/feed.{extension}?{urlencode({'q': query})}"
