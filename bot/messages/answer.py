"""The answer to a query: a page of items, how the query was read, and where to go from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from telegram import InlineKeyboardButton

from bot.messages.callbacks import Follow, Order, Ref, ShowPage, ShowTopics, Stop
from bot.messages.item import item_block
from bot.messages.keyboards import button, keyboard, page_count, pager
from bot.messages.text import Message, bold, cut, escape, link
from domain.deeplinks import topic_of
from domain.links import Links
from domain.model import Item

PAGE_SIZE = 5
LATEST = 3
DESCRIPTION_LIMIT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of what a query found."""

    query: str
    """Canonical form."""
    description: str
    """How the query was read, in words; empty for everything."""
    order: Order
    page: int
    items: tuple[Item, ...]
    total: int
    is_whole: bool = True
    """False where there may be more than `total`."""
    also: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """The other versions of a story, by the slug of its item."""
    subscription: int | None
    """The chat's subscription to this query, if it has one."""
    source_name: Callable[[str], str]
    asked: str = ""
    """How what was typed was read, where that finds nothing and something else was answered."""
    nearly: tuple[Item, ...] = ()
    """What answers most of the query, to be shown after what answers all of it."""
    words_only: str | None = None
    """Canonical form of the same words, where names, kinds or dates were read into them."""
    near: tuple[tuple[str, str], ...] = ()
    """Where nothing was found, queries that find something: in words, and canonical."""


def answer(results: Results, links: Links) -> Message:
    """Return a page of results, numbered through, or the text that there are none."""
    if not results.total:
        return _nothing(results, links)
    pages = page_count(results.total, PAGE_SIZE)
    where = f" · page {results.page} of {pages}" if pages > 1 else ""
    total = f"{results.total}{'' if results.is_whole else '+'}"
    count = f"{total} result{'' if results.total == 1 else 's'}{where}"
    ref, order = Ref.to(results.query), results.order
    buttons = keyboard(
        pager(results.page, pages, lambda page: ShowPage(ref, order, page)),
        _words_row(results),
        _follow_row(results),
    )
    return Message(_list(results, links, count, (results.page - 1) * PAGE_SIZE + 1), buttons)


def latest(results: Results, links: Links) -> Message:
    """Return the latest few of a query that was just followed."""
    if not results.total:
        return _nothing(results, links)
    more = results.total > len(results.items)
    row = [button("More", ShowPage(Ref.to(results.query)))] if more else []
    heading = f"The latest {len(results.items)}"
    return Message(_list(results, links, heading, 1), keyboard(row, _follow_row(results)))


def _list(results: Results, links: Links, heading: str, first: int) -> str:
    blocks = [
        item_block(item, links, results.source_name, number, results.also.get(item.slug, ()))
        for number, item in enumerate(results.items, first)
    ]
    title = f"{_instead(results)}{_title(results)}\n{heading}"
    return "\n\n".join([title, *blocks, *_nearly(results, links), _elsewhere(results, links)])


def _nearly(results: Results, links: Links) -> list[str]:
    """Return the blocks of what answers most of the query, numbered on, under a heading."""
    first = len(results.items) + 1
    blocks = [
        item_block(item, links, results.source_name, number, ())
        for number, item in enumerate(results.nearly, first)
    ]
    return ["Not all of it, but close:", *blocks] if blocks else []


def _instead(results: Results) -> str:
    """Return the line that tells that something else was answered than what was typed."""
    if not results.asked:
        return ""
    return f"Nothing for {escape(cut(results.asked, DESCRIPTION_LIMIT))}; showing\n"


def _nothing(results: Results, links: Links) -> Message:
    html = (
        f"Nothing found for {_title(results)}.\n\n"
        f"{_advice(results)} "
        "You can follow this query all the same: what comes in later reaches you here.\n\n"
        f"{_elsewhere(results, links)}"
    )
    near = [[button(words, ShowPage(Ref(query), results.order))] for words, query in _near(results)]
    return Message(html, keyboard(*near, _follow_row(results), [button("Topics", ShowTopics())]))


def _near(results: Results) -> list[tuple[str, str]]:
    """Return the queries that a button can hold itself."""
    return [(words, query) for words, query in results.near if Ref.to(query).query is not None]


def _advice(results: Results) -> str:
    if _near(results):
        return "The buttons below ask for less, and find something."
    return "Try fewer or other words, or look through the topics."


def _title(results: Results) -> str:
    return bold(cut(results.description or "Everything", DESCRIPTION_LIMIT))


def _elsewhere(results: Results, links: Links) -> str:
    """Return links to the same query as a page and as a feed."""
    page, feed = links.search(results.query), links.feed(results.query)
    return f"{link('Web page', page)} · {link('Feed', feed)}"


def _words_row(results: Results) -> list[InlineKeyboardButton]:
    """Return the button that undoes what was read into the words."""
    ref = Ref.to(results.words_only or "")
    if not results.words_only or ref.query is None:
        return []
    return [button("Search the words only", ShowPage(ref, results.order))]


def _follow_row(results: Results) -> list[InlineKeyboardButton]:
    topics = [button("All topics", ShowTopics())] if topic_of(results.query) else []
    if results.subscription is not None:
        return [button("Stop following", Stop(results.subscription)), *topics]
    return [button("🔔 Follow", Follow(Ref.to(results.query))), *topics]
