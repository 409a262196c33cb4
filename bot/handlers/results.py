"""What a query finds, as a message: the heart of every conversation."""

from bot.messages.answer import LATEST, PAGE_SIZE, Results, answer, latest
from bot.messages.callbacks import Order, Ref, ShowPage, fits
from bot.messages.problems import unreadable_query
from bot.messages.text import Message
from bot.services import LANGUAGE, BotServices
from domain.errors import NotFoundError, QueryError
from domain.query import Query, describe, parse
from storage import saved_queries, search, subscriptions
from storage.database import Transaction

ORDERS = {Order.BEST: search.Order.RELEVANCE, Order.NEWEST: search.Order.NEWEST}


async def answer_text(services: BotServices, chat_id: int, text: str, order: Order) -> Message:
    """Return the first page for a query as typed, or what is wrong with it."""
    try:
        query = parse(text, services.vocabulary)
    except QueryError as error:
        return unreadable_query(text, str(error), error.position)
    return answer(await _results(services, chat_id, query, order, 1, PAGE_SIZE), services.links)


async def show_page(services: BotServices, chat_id: int, press: ShowPage) -> Message:
    """Return the page that a button asks for; raises `InputError` where its query is gone."""
    query = await resolve(services, press.ref)
    results = await _results(services, chat_id, query, press.order, press.page, PAGE_SIZE)
    return answer(results, services.links)


async def show_latest(services: BotServices, chat_id: int, ref: Ref) -> Message:
    """Return the newest few of a query; raises `InputError` where it is gone."""
    query = await resolve(services, ref)
    return latest(await _results(services, chat_id, query, Order.NEWEST, 1, LATEST), services.links)


async def resolve(services: BotServices, ref: Ref) -> Query:
    """Return the query that a button names.

    Raises `NotFoundError` where the store has it no more and `QueryError` where it cannot be read.
    """
    text: str | None = ref.query
    if ref.saved is not None:
        async with services.db.read() as tx:
            text = await saved_queries.text_of(tx, ref.saved)
    if text is None:
        raise NotFoundError("the query is not stored any more")
    return parse(text, services.vocabulary)


async def refer(services: BotServices, query: Query) -> Ref:
    """Return how buttons name a query, which stores it where it is too long for them."""
    if fits(query.canonical):
        return Ref(query.canonical)
    async with services.db.write() as tx:
        return Ref(saved=await saved_queries.save(tx, query.canonical))


def in_words(services: BotServices, query: Query) -> str:
    """Return how a query is read, for people; nothing for everything."""
    return "" if query.is_everything else describe(query, services.vocabulary, LANGUAGE)


async def _results(
    services: BotServices, chat_id: int, query: Query, order: Order, page: int, size: int
) -> Results:
    ref = await refer(services, query)
    async with services.db.read() as tx:
        found = await search.find(
            tx,
            query,
            now=services.clock(),
            limit=size,
            offset=(page - 1) * size,
            order=ORDERS[order],
        )
        subscription = await _subscription(tx, chat_id, query.canonical)
    return Results(
        ref=ref,
        query=query.canonical,
        description=in_words(services, query),
        order=order,
        page=page,
        items=found.items,
        total=found.total,
        subscription=subscription,
        source_name=services.source_name,
    )


async def _subscription(tx: Transaction, chat_id: int, query: str) -> int | None:
    followed = await subscriptions.of_chat(tx, chat_id)
    return next((one.id for one in followed if one.query == query), None)
