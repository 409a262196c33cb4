"""The answer to a query: a page of items, how the query was read, and where to go from there."""

from collections.abc import Callable
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from bot.messages.callbacks import Follow, Order, Ref, ShowPage, ShowTopics, Stop
from bot.messages.item import item_block
from bot.messages.keyboards import button, keyboard, page_count, pager
from bot.messages.text import Message, bold, cut, link
from domain.deeplinks import topic_of
from domain.links import Links
from domain.model import Item

PAGE_SIZE = 5
LATEST = 3
DESCRIPTION_LIMIT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of what a query found."""

    ref: Ref
    query: str
    """Canonical form."""
    description: str
    """How the query was read, in words; empty for everything."""
    order: Order
    page: int
    items: tuple[Item, ...]
    total: int
    subscription: int | None
    """The chat's subscription to this query, if it has one."""
    source_name: Callable[[str], str]


def answer(results: Results, links: Links) -> Message:
    """Return a page of results, numbered through, or the text that there are none."""
    if not results.total:
        return _nothing(results)
    pages = page_count(results.total, PAGE_SIZE)
    first = (results.page - 1) * PAGE_SIZE + 1
    where = f" · page {results.page} of {pages}" if pages > 1 else ""
    what = "result" if results.total == 1 else "results"
    blocks = [
        f"{_title(results)}\n{results.total} {what}{where}",
        *(
            item_block(item, links, results.source_name, number)
            for number, item in enumerate(results.items, first)
        ),
        _elsewhere(results, links),
    ]
    buttons = keyboard(
        pager(results.page, pages, lambda page: ShowPage(results.ref, results.order, page)),
        _follow_row(results),
    )
    return Message("\n\n".join(blocks), buttons)


def latest(results: Results, links: Links) -> Message:
    """Return the latest few of a query that was just followed."""
    if not results.total:
        return _nothing(results)
    blocks = [f"{_title(results)}\nThe latest {len(results.items)}"]
    blocks += [
        item_block(item, links, results.source_name, number)
        for number, item in enumerate(results.items, 1)
    ]
    more = [button("More", ShowPage(results.ref))] if results.total > len(results.items) else []
    return Message("\n\n".join(blocks), keyboard(more, _follow_row(results)))


def _title(results: Results) -> str:
    return bold(cut(results.description or "Everything", DESCRIPTION_LIMIT))


def _nothing(results: Results) -> Message:
    html = (
        f"Nothing found for {_title(results)}.\n\n"
        "Try fewer or other words, or look through the topics. "
        "You can follow this query all the same: what comes in later reaches you here."
    )
    return Message(html, keyboard(_follow_row(results), [button("Topics", ShowTopics())]))


def _elsewhere(results: Results, links: Links) -> str:
    """Return links to the same query as a page and as a feed."""
    page, feed = links.search(results.query), links.feed(results.query)
    return f"{link('Web page', page)} · {link('Feed', feed)}"


def _follow_row(results: Results) -> list[InlineKeyboardButton]:
    topics = [button("All topics", ShowTopics())] if topic_of(results.query) else []
    if results.subscription is not None:
        return [button("Stop following", Stop(results.subscription)), *topics]
    return [button("🔔 Follow", Follow(results.ref)), *topics]
