"""An item as the JSON object that INTERFACES fixes for command line and HTTP API."""

from datetime import date
from typing import Any

from domain.links import Links
from domain.model import Item


def item_json(item: Item, links: Links) -> dict[str, Any]:
    """Return the item's JSON object, ready for `json.dumps`; times are RFC 3339 in UTC."""
    return {
        "id": item.id,
        "source": item.source,
        "document": item.document,
        "url": links.item(item.slug),
        "link": item.link,
        "kind": item.kind.value,
        "lang": item.lang,
        "title": item.title,
        "summary": item.summary,
        "body": item.body,
        "published": item.published.isoformat(),
        "starts": _day(item.starts),
        "ends": _day(item.ends),
        "topics": list(item.topics),
        "countries": list(item.countries),
        "photo_credit": item.photo_credit,
        "story": item.story,
        "added": item.added.isoformat(),
        "updated": item.updated.isoformat(),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
