"""/search, /latest and plain words: questions."""

from bot.handlers.results import answer_text
from bot.messages.callbacks import Order
from bot.messages.problems import usage
from bot.messages.text import Message
from bot.services import BotServices


async def search(services: BotServices, chat_id: int, text: str) -> Message:
    """Answer a query, best first."""
    if not text:
        return usage("search", "events in abuja")
    return await answer_text(services, chat_id, text, Order.BEST)


async def latest(services: BotServices, chat_id: int, text: str) -> Message:
    """Answer a query, or none, newest first."""
    return await answer_text(services, chat_id, text, Order.NEWEST)
