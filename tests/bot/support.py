"""Values that the bot's tests share."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from domain.links import Links
from domain.model import Item, Kind, Published

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINKS = Links("https://news.example")


def item(slug: str = "2009-06-22-3f9a1c0b7d", **changes: Any) -> Item:
    base = Item(
        slug=slug,
        source="unodc",
        document=None,
        link=None,
        kind=Kind.NEWS,
        lang="en",
        title="Smuggling by sea grows",
        summary="Boats carry more people than a year ago.",
        body="Boats carry more people than a year ago.",
        caption=None,
        photo_credit=None,
        published=Published.on(date(2009, 6, 22)),
        published_derived=False,
        starts=None,
        ends=None,
        topics=("smuggling-by-sea",),
        countries=(),
        story=slug,
        urgent=False,
        added=NOW,
        updated=NOW,
    )
    return replace(base, **changes)
