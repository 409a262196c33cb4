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
MESSAGES = 4


def digest(
    items: Sequence[Item],
    query: str,
    description: str,
    topic_name: Callable[[str], str],
    links: Links,
) -> tuple[Message, ...]:
    """Return as few messages as hold the items; each item stands under its first topic.

    Of so many items that `MESSAGES` messages do not hold them, the rest is a link to the page of
    `query`, the canonical form of what `description` says in words.
    """
    texts = [bold(f"Your digest: {cut(description or 'everything', DESCRIPTION_LIMIT)}")]
    left = len(items)
    for title, line in _lines(items, topic_name, links):
        rest = f"\n\n{link(f'… and {left} more', links.search(query))}"
        fresh = "" if title in texts[-1] else f"\n\n{title}"
        if len(texts) < MESSAGES and not _fits(texts[-1] + fresh + line):
            texts.append(title + line)
        elif len(texts) < MESSAGES or _fits(texts[-1] + fresh + line + rest):
            texts[-1] += fresh + line
        else:
            texts[-1] += rest
            break
        left -= 1
    buttons = keyboard([button("My subscriptions", ShowSubscriptions())])
    return (*map(Message, texts[:-1]), Message(texts[-1], buttons))


def _lines(
    items: Sequence[Item], topic_name: Callable[[str], str], links: Links
) -> Iterable[tuple[str, str]]:
    """Return each item's line with the heading that it stands under."""
    for heading, group in _groups(items, topic_name):
        for item in group:
            title = link(cut(item.title, TITLE_LIMIT), links.item(item.slug))
            yield bold(cut(heading, TITLE_LIMIT)), f"\n• {title} · {day(item.published.day)}"


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
