"""The list of topics, with how many items each has."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.callbacks import EVERYTHING, Follow, Ref, ShowPage, ShowTopics
from bot.messages.keyboards import button, keyboard, page_count, pager
from bot.messages.text import Message

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic's reference, its name in the reader's language, and how many items it has."""

    ref: Ref
    name: str
    count: int


def topics(found: Sequence[TopicCount], show: ShowTopics) -> Message:
    """Return a page of topics as buttons: to look into, or to follow at once."""
    pages = page_count(len(found), PAGE_SIZE)
    page = min(show.page, pages)
    part = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    if show.follow:
        text = (
            "<b>What would you like to follow?</b>\n\nTap a topic, or name a query, for example\n"
            "<code>/subscribe migrant smuggling daily 08:00</code>"
        )
    else:
        text = "<b>Topics</b>\n\nTap a topic for its latest news."
    where = f"\n\nPage {page} of {pages}" if pages > 1 else ""
    rows = [[button(f"{topic.name} ({topic.count})", _press(topic.ref, show))] for topic in part]
    everything = [button("Everything", _press(EVERYTHING, show))]
    turn = pager(page, pages, lambda number: ShowTopics(number, show.follow))
    return Message(text + where, keyboard(*rows, turn, everything))


def _press(ref: Ref, show: ShowTopics) -> Follow | ShowPage:
    return Follow(ref) if show.follow else ShowPage(ref)
