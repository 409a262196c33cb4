"""How one item looks in a chat: its title, where it is from, and its summary."""

from collections.abc import Callable, Sequence

from bot.messages.dates import day, span
from bot.messages.text import cut, escape, link
from domain.links import Links
from domain.model import Item, Kind

TITLE_LIMIT = 200
SUMMARY_LIMIT = 300
ALSO_LIMIT = 3


def item_block(
    item: Item,
    links: Links,
    source_name: Callable[[str], str],
    number: int | None = None,
    also: Sequence[Item] = (),
) -> str:
    """Return an item as HTML of at most 800 units; the title leads to the item's page.

    `also` are the other versions of its story.
    """
    title = link(cut(item.title, TITLE_LIMIT), links.item(item.slug))
    lead = "" if number is None else f"{number}. "
    lines = [f"<b>{lead}{title}</b>", f"<i>{escape(facts(item, source_name(item.source)))}</i>"]
    if item.summary:
        lines.append(escape(cut(item.summary, SUMMARY_LIMIT)))
    if also:
        lines.append(f"<i>{also_in(item, also, links)}</i>")
    return "\n".join(lines)


def also_in(item: Item, also: Sequence[Item], links: Links) -> str:
    """Return where else a story is told: `also in: FR · also on: 28 Aug 2009`, with links."""
    languages = {one.lang: one for one in reversed(also) if one.lang != item.lang}
    again = [one for one in also if one.lang == item.lang]
    named = [link(lang.upper(), links.item(one.slug)) for lang, one in sorted(languages.items())]
    dated = [link(day(one.published.day), links.item(one.slug)) for one in again[:ALSO_LIMIT]]
    parts = [
        f"also {word}: {', '.join(told)}" for word, told in (("in", named), ("on", dated)) if told
    ]
    return " · ".join(parts)


def facts(item: Item, source: str) -> str:
    """Return when an item is from, whose it is and what it is: `22 Jun 2009 · UNODC · news`."""
    known = [day(item.published.day), cut(source, 40), item.kind.value]
    if item.kind is Kind.EVENT and item.starts is not None:
        known[-1] = f"event on {span(item.starts, item.ends)}"
    return " · ".join(known)
