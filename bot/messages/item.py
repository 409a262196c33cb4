"""How one item looks in a chat: its title, where it is from, and its summary."""

from collections.abc import Callable

from bot.messages.dates import day, span
from bot.messages.text import cut, escape, link
from domain.links import Links
from domain.model import Item, Kind

TITLE_LIMIT = 200
SUMMARY_LIMIT = 300


def item_block(
    item: Item, links: Links, source_name: Callable[[str], str], number: int | None = None
) -> str:
    """Return an item as HTML of at most 700 units; the title leads to the item's page."""
    title = link(cut(item.title, TITLE_LIMIT), links.item(item.slug))
    lead = "" if number is None else f"{number}. "
    lines = [f"<b>{lead}{title}</b>", f"<i>{escape(_facts(item, source_name(item.source)))}</i>"]
    if item.summary:
        lines.append(escape(cut(item.summary, SUMMARY_LIMIT)))
    return "\n".join(lines)


def _facts(item: Item, source: str) -> str:
    facts = [day(item.published.day), cut(source, 40), item.kind.value]
    if item.kind is Kind.EVENT and item.starts is not None:
        facts[-1] = f"event on {span(item.starts, item.ends)}"
    return " · ".join(facts)
