"""An item as every feed format tells it; the formats only differ in how they write it down."""

from dataclasses import dataclass
from datetime import datetime

from domain.links import Links
from domain.model import Item
from feeds.publish.channel import Names, changed_at, published_at
from feeds.publish.content import entry_html, web_address


@dataclass(frozen=True, slots=True)
class Category:
    """One category of an entry. `scheme`, an absolute address, tells whose terms these are."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says about one item."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    """HTML, never empty."""
    lang: str | None
    """None where the language is not known."""
    published: datetime
    updated: datetime
    author: str
    rights: str | None
    """Whose the text is; None where we only know the source by the short name that we gave it."""
    via: str | None
    """The original's address on the web, in ASCII."""
    categories: tuple[Category, ...]


def entry_of(item: Item, links: Links, names: Names) -> Entry:
    """Return the entry that tells of an item."""
    source = names.source(item.source)
    return Entry(
        id=item.id,
        url=links.item(item.slug),
        title=item.title,
        summary=item.summary,
        content=entry_html(item),
        lang=None if item.lang == "und" else item.lang,
        published=published_at(item),
        updated=changed_at(item),
        author=source,
        rights=f"© {source}" if source != item.source else None,
        via=web_address(item.link),
        categories=tuple(_categories(item, links, names)),
    )


def _categories(item: Item, links: Links, names: Names) -> list[Category]:
    def category(scheme: str, term: str, label: str) -> Category:
        return Category(term, f"{links.public_url}/{scheme}", label)

    return [
        category("kinds", item.kind, item.kind.capitalize()),
        *(category("topics", slug, names.topic(slug)) for slug in item.topics),
        *(category("countries", code, names.country(code)) for code in item.countries),
    ]
