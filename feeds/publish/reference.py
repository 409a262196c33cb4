"""How an item is cited in running text."""

from domain.links import Links
from domain.model import Item
from domain.text import clean
from feeds.publish.channel import Names
from feeds.publish.content import web_address


def reference(item: Item, links: Links, names: Names, *, day: str, archived: str) -> str:
    """Return a reference in the order of APA style: who, when, what, where.

    `day` is the item's day as the reader's language writes it, `archived` what that language puts
    before the address of our copy, which is named beside the original's.
    """
    title = " ".join(clean(item.title).split())
    title = title if title.endswith((".", "!", "?", "…", "。", "؟")) else f"{title}."
    original = web_address(item.link)
    ours = links.item(item.slug)
    where = f"{original} ({archived} {ours})" if original else ours
    return f"{names.source(item.source)} ({day}). {title} {where}"
