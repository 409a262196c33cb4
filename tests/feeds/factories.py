"""Items and channels for the tests of feeds, and a plain answer to what things are called."""

from datetime import UTC, date, datetime
from typing import Any

from domain.links import Links
from domain.model import Item, Kind, Published
from feeds.publish.channel import Channel

LINKS = Links("https://news.example.org")
ADDED = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)


def an_item(number: int = 1, **changes: Any) -> Item:
    day = date(2009, 6, 1 + number % 28)
    slug = f"{day.isoformat()}-{number:010x}"
    values: dict[str, Any] = {
        "slug": slug,
        "source": "unodc",
        "document": "listing.txt",
        "link": None,
        "kind": Kind.NEWS,
        "lang": "en",
        "title": f"Headline number {number}",
        "summary": f"What happened, told in short, number {number}.",
        "body": f"First paragraph of number {number}.\n\nSecond paragraph.",
        "caption": None,
        "photo_credit": None,
        "published": Published.on(day),
        "published_derived": False,
        "starts": None,
        "ends": None,
        "topics": ("migrant-smuggling",),
        "countries": ("NG",),
        "story": slug,
        "urgent": False,
        "added": ADDED,
        "updated": ADDED,
    }
    return Item(**(values | changes))


class PlainNames:
    def topic(self, slug: str) -> str:
        return {"migrant-smuggling": "Migrant smuggling"}.get(slug, slug)

    def country(self, code: str) -> str:
        return {"NG": "Nigeria", "CI": "Côte d’Ivoire"}.get(code, code)

    def source(self, slug: str) -> str:
        return {"unodc": "UNODC"}.get(slug, slug)


def a_channel(extension: str, **changes: Any) -> Channel:
    values: dict[str, Any] = {
        "title": "News & “events” <all>",
        "description": "Everything",
        "home": LINKS.search(""),
        "self_url": LINKS.feed("", extension),
        "language": "en",
        "query": "",
        "updated": ADDED,
    }
    return Channel(**(values | changes))
