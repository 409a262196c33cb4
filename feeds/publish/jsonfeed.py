"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Sequence
from typing import Any

from domain.links import Links
from domain.model import Item
from feeds.publish.channel import Channel, Names
from feeds.publish.entry import Entry, entry_of

JSON_TYPE = "application/feed+json"


def json_frame(channel: Channel) -> tuple[bytes, bytes]:
    """Return a JSON Feed document without items, parted where they go."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.self_url,
        "description": channel.description,
        "language": channel.language,
    }
    for link in channel.links:
        if link.rel == "hub":
            feed.setdefault("hubs", []).append({"type": "WebSub", "url": link.href})
        elif link.rel == "next" or (link.rel == "prev-archive" and channel.is_archive):
            feed["next_url"] = link.href
    document = json.dumps(feed | {"items": []}, ensure_ascii=False).encode()
    return document[:-2], document[-2:]


def json_entries(items: Sequence[Item], links: Links, names: Names) -> list[bytes]:
    """Return the items as they stand in a JSON Feed document."""
    return [
        json.dumps(_item(entry_of(item, links, names)), ensure_ascii=False).encode()
        for item in items
    ]


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.id, "url": entry.url}
    if entry.via:
        item["external_url"] = entry.via
    item["title"] = entry.title
    item["content_html"] = entry.content
    if entry.summary:
        item["summary"] = entry.summary
    item["date_published"] = entry.published.isoformat()
    item["date_modified"] = entry.updated.isoformat()
    item["authors"] = [{"name": entry.author}]
    item["tags"] = list(dict.fromkeys(category.label for category in entry.categories))
    if entry.lang:
        item["language"] = entry.lang
    item["_topicwire"] = {
        **({"rights": entry.rights} if entry.rights else {}),
        "categories": [
            {"term": category.term, "scheme": category.scheme} for category in entry.categories
        ],
    }
    return item
