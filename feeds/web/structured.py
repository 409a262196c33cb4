"""What pages tell machines of themselves: schema.org data as JSON-LD, and OpenGraph. Pure."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from domain.links import Links
from domain.model import Item, Kind
from feeds.publish.channel import Names
from feeds.publish.content import web_address

_TYPES = {Kind.NEWS: "NewsArticle", Kind.EVENT: "Event", Kind.PUBLICATION: "Report"}
_LONGEST_HEADLINE = 110
"""Characters that search engines accept."""


def item_data(item: Item, also: Sequence[Item], links: Links, names: Names) -> dict[str, Any]:
    """Return an item as schema.org describes a NewsArticle, Event or Report."""
    page = links.item(item.slug)
    publisher = {"@type": "Organization", "name": names.source(item.source)}
    places = [{"@type": "Country", "name": names.country(code)} for code in item.countries]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES[item.kind],
        "@id": page,
        "url": page,
        "name": item.title,
        "description": item.summary,
        "inLanguage": "" if item.lang == "und" else item.lang,
        "about": [{"@type": "Thing", "name": names.topic(slug)} for slug in item.topics],
    }
    if item.kind is Kind.EVENT:
        first = item.starts or item.published.day
        data |= {
            "startDate": first.isoformat(),
            "endDate": (item.ends or first).isoformat(),
            "organizer": publisher,
            "location": places,
        }
    else:
        data |= {
            "headline": _shortened(item.title),
            "datePublished": item.published.isoformat(),
            "dateModified": item.updated.isoformat(),
            "author": publisher,
            "publisher": publisher,
            "contentLocation": places,
            "mainEntityOfPage": page,
        }
    data["sameAs"] = web_address(item.link)
    data["workTranslation"] = [{"@id": links.item(other.slug)} for other in also]
    return {key: value for key, value in data.items() if value}


def trail_data(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the way from the top to a page, each step a name and an absolute address."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


def site_data(title: str, links: Links) -> dict[str, Any]:
    """Return the site itself, with how it is searched."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": title,
        "url": links.search(""),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{links.public_url}/search?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def as_script(data: dict[str, Any]) -> Markup:
    """Return data as JSON that can stand inside a `script` element.

    A script of this type is data to browsers, which run nothing, so that no policy forbids it.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - cannot close its element


def _shortened(title: str) -> str:
    if len(title) <= _LONGEST_HEADLINE:
        return title
    return title[: _LONGEST_HEADLINE - 1].rstrip() + "…"
