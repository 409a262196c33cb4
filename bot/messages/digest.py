"""Several items in one message: grouped by topic, newest first, a line each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a digest is of."""

    description: str | None
    """A query in words, empty for everything; None for what a chat missed or had too much of."""
    page: str
    """Canonical form of the query whose page has the full list."""
    goes_on: bool = False
    """True where its first messages have gone out before."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a digest, and the items that it tells."""

    message: Message
    items: tuple[Item, ...]


def digest(
    items: Sequence[Item], heading: Heading, topic_name: Callable[[str], str], links: Links
) -> tuple[Part, ...]:
    """Return as few messages as hold the items; each item stands under its first topic.

    The last one leads to the page with the full list. Of so many items that `MESSAGES` messages do
    not hold them, the rest is on that page alone, and counts as told.
    """
    texts = [_title(heading)]
    told: list[list[Item]] = [[]]
    left = list(_lines(items, topic_name, links))
    page = links.search(heading.page)
    while left:
        item, group, line = left[0]
        rest = _rest(len(items), len(left), page)
        fresh = "" if group in texts[-1] else f"\n\n{group}"
        if _fits(texts[-1] + fresh + line + rest):
            texts[-1] += fresh + line
        elif len(texts) < MESSAGES:
            texts.append(group + line)
            told.append([])
        else:
            break
        told[-1].append(item)
        del left[0]
    told[-1] += [item for item, _, _ in left]
    texts[-1] += _rest(len(items), len(left), page) if items else "\n\nNothing new."
    buttons = keyboard([button("My subscriptions", ShowSubscriptions())])
    messages = [*map(Message, texts[:-1]), Message(texts[-1], buttons)]
    return tuple(Part(message, tuple(group)) for message, group in zip(messages, told, strict=True))


def _title(heading: Heading) -> str:
    if heading.description is None:
        what = "What you missed"
    else:
        what = f"Your digest: {cut(heading.description or 'everything', DESCRIPTION_LIMIT)}"
    return bold(f"{what} (continued)" if heading.goes_on else what)


def _rest(count: int, left: int, page: str) -> str:
    label = f"… and {left} more" if left else "Full list"
    return f"\n\n{link(label, page)}" if count > 1 else ""


def _lines(
    items: Sequence[Item], topic_name: Callable[[str], str], links: Links
) -> Iterable[tuple[Item, str, str]]:
    """Return each item with the heading that it stands under and its line."""
    for heading, group in _groups(items, topic_name):
        for item in group:
            title = link(cut(item.title, TITLE_LIMIT), links.item(item.slug))
            yield item, bold(cut(heading, TITLE_LIMIT)), f"\n• {title} · {day(item.published.day)}"


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
