"""/feed: the addresses of a query."""

from bot.messages.feeds import feeds
from bot.messages.problems import unreadable_query
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import QueryError
from domain.query import parse


async def feed(services: BotServices, _chat_id: int, text: str) -> Message:
    """Name the feeds, the calendar and the page of a query, or of everything."""
    try:
        query = parse(text, services.vocabulary)
    except QueryError as error:
        return unreadable_query(text, str(error), error.position)
    return feeds(query.canonical, services.in_words(query.canonical), services.links)
