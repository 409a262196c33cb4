"""What a query finds, as a message: the heart of every conversation."""

from dataclasses import replace

from bot.messages.answer import LATEST, PAGE_SIZE, Results, answer, latest
from bot.messages.callbacks import Order
from bot.messages.keyboards import page_count
from bot.messages.problems import unreadable_query
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import QueryError
from domain.query import Query
from storage import chats, search, subscriptions

ORDERS = {Order.BEST: search.Order.RELEVANCE, Order.NEWEST: search.Order.NEWEST}


async def answer_text(services: BotServices, chat_id: int, text: str, order: Order) -> Message:
    """Return the first page for a query as typed, or what is wrong with it."""
    reader = await _reader(services, chat_id)
    try:
        async with services.db.read() as tx:
            found = await search.answer(
                tx,
                text,
                services.vocabulary,
                now=services.clock(),
                limit=PAGE_SIZE,
                order=ORDERS[order],
                reader=reader,
            )
    except QueryError as error:
        return unreadable_query(text, str(error), error.position)
    results = await _results(services, chat_id, found.query, order, 1, found.page)
    asked = "" if found.read is search.Read.AS_TYPED else services.in_words(found.asked.canonical)
    words_only = found.words_only.canonical if found.words_only else None
    near = [(services.in_words(one.query.canonical), one.query.canonical) for one in found.near]
    results = replace(
        results,
        asked=asked,
        nearly=found.nearly.items,
        words_only=words_only,
        near=tuple(near),
    )
    return answer(results, services.links)


async def show_page(
    services: BotServices, chat_id: int, query: Query, order: Order, page: int
) -> Message:
    """Return a page of a query's results, or the last one where there are fewer."""
    found = await _find(services, chat_id, query, order, page, PAGE_SIZE)
    if not found.items and found.total:
        page = page_count(found.total, PAGE_SIZE)
        found = await _find(services, chat_id, query, order, page, PAGE_SIZE)
    return answer(await _results(services, chat_id, query, order, page, found), services.links)


async def show_latest(services: BotServices, chat_id: int, query: Query) -> Message:
    """Return the newest few of a query."""
    found = await _find(services, chat_id, query, Order.NEWEST, 1, LATEST)
    return latest(await _results(services, chat_id, query, Order.NEWEST, 1, found), services.links)


async def _reader(services: BotServices, chat_id: int) -> str | None:
    """Return the language that the chat reads, where it has said so."""
    async with services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
    return chat.language if chat else None


async def _find(
    services: BotServices, chat_id: int, query: Query, order: Order, page: int, size: int
) -> search.Page:
    reader = await _reader(services, chat_id)
    async with services.db.read() as tx:
        return await search.find(
            tx,
            query,
            now=services.clock(),
            limit=size,
            offset=(page - 1) * size,
            order=ORDERS[order],
            reader=reader,
        )


async def _results(
    services: BotServices, chat_id: int, query: Query, order: Order, page: int, found: search.Page
) -> Results:
    async with services.db.read() as tx:
        followed = await subscriptions.of_chat(tx, chat_id)
    return Results(
        query=query.canonical,
        description=services.in_words(query.canonical),
        order=order,
        page=page,
        items=found.items,
        also=found.also,
        total=found.total,
        is_whole=found.is_whole,
        subscription=next((one.id for one in followed if one.query == query.canonical), None),
        source_name=services.source_name,
    )
