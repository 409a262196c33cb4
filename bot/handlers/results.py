"""What a query finds, as a message: the heart of every conversation."""

from functools import partial

from bot.messages.answer import LATEST, PAGE_SIZE, Results, answer, latest
from bot.messages.callbacks import Order
from bot.messages.keyboards import page_count
from bot.messages.problems import unreadable_query
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import QueryError
from domain.query import Query, parse
from storage import chats, search, subscriptions
from storage.search import find

ORDERS = {Order.BEST: search.Order.RELEVANCE, Order.NEWEST: search.Order.NEWEST}


async def answer_text(services: BotServices, chat_id: int, text: str, order: Order) -> Message:
    """Return the first page for a query as typed, or what is wrong with it."""
    try:
        query = parse(text, services.vocabulary)
    except QueryError as error:
        return unreadable_query(text, str(error), error.position)
    return answer(await _results(services, chat_id, query, order, 1, PAGE_SIZE), services.links)


async def show_page(
    services: BotServices, chat_id: int, query: Query, order: Order, page: int
) -> Message:
    """Return a page of a query's results, or the last one where there are fewer."""
    return answer(await _results(services, chat_id, query, order, page, PAGE_SIZE), services.links)


async def show_latest(services: BotServices, chat_id: int, query: Query) -> Message:
    """Return the newest few of a query."""
    return latest(await _results(services, chat_id, query, Order.NEWEST, 1, LATEST), services.links)


async def _results(
    services: BotServices, chat_id: int, query: Query, order: Order, page: int, size: int
) -> Results:
    now = services.clock()
    async with services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
        ask = partial(
            find,
            tx,
            query,
            now=now,
            limit=size,
            order=ORDERS[order],
            reader=chat.language if chat else None,
        )
        found = await ask(offset=(page - 1) * size)
        if not found.items and found.total:
            page = page_count(found.total, size)
            found = await ask(offset=(page - 1) * size)
        followed = await subscriptions.of_chat(tx, chat_id)
    return Results(
        query=query.canonical,
        description=services.in_words(query.canonical),
        order=order,
        page=page,
        items=found.items,
        also=found.also,
        total=found.total,
        subscription=next((one.id for one in followed if one.query == query.canonical), None),
        source_name=services.source_name,
    )
