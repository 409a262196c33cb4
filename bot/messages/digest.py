"""Several items in one message: grouped by topic, newest first, a line each."""

from collections.abc import Callable, Iterable, Sequence

from bot.messages.callbacks import ShowSubscriptions
from bot.messages.dates import day
from bot.messages.keyboards import button, keyboard
from bot.messages.text import ENTITY_LIMIT, LIMIT, Message, bold, cut, entities, link, size
from domain.links import Links
from domain.model import Item

TITLE_LIMIT = 120
DESCRIPTION_LIMIT = 200
OTHER = "Other news"


def digest(
    items: Sequence[Item], description: str, topic_name: Callable[[str], str], links: Links
) -> tuple[Message, ...]:
    """Return as few messages as hold every item; each item stands under its first topic."""
    texts = [bold(f"Your digest: {cut(description or 'everything', DESCRIPTION_LIMIT)}")]
    for heading, group in _groups(items, topic_name):
        title = bold(cut(heading, TITLE_LIMIT))
        fresh = f"\n\n{title}"
        for item in group:
            line = f"\n• {link(cut(item.title, TITLE_LIMIT), links.item(item.slug))}"
            line += f" · {day(item.published.day)}"
            if _fits(texts[-1] + fresh + line):
                texts[-1] += fresh + line
            else:
                texts.append(title + line)
            fresh = ""
    buttons = keyboard([button("My subscriptions", ShowSubscriptions())])
    return (*map(Message, texts[:-1]), Message(texts[-1], buttons))


def _groups(
    items: Sequence[Item], topic_name: Callable[[str], str]
) -> Iterable[tuple[str, list[Item]]]:
    """Return headings with their items, the topic with the newest item first, no topic last."""
    groups: dict[str, list[Item]] = {}
    newest_first = sorted(items, key=lambda item: item.published, reverse=True)
    for item in sorted(newest_first, key=lambda item: not item.topics):
        heading = topic_name(item.topics[0]) if item.topics else OTHER
        groups.setdefault(heading, []).append(item)
    return groups.items()


def _fits(html: str) -> bool:
    return size(html) <= LIMIT and entities(html) <= ENTITY_LIMIT
