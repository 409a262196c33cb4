"""/start and /help: the first words, and links from outside that open a topic or a query."""

from bot.handlers.results import show_page
from bot.messages.callbacks import Order
from bot.messages.help import help_text, welcome
from bot.messages.problems import DEAD_LINK
from bot.messages.text import Message
from bot.services import BotServices
from domain.deeplinks import query_of
from domain.errors import InputError
from domain.model import ChatState
from domain.query import parse
from storage import chats, preferences


async def start(services: BotServices, chat_id: int, payload: str) -> Message:
    """Take the chat in, or back, and open what the link names."""
    now = services.clock()
    async with services.db.write() as tx:
        chat = await chats.register(tx, chat_id, now=now, timezone=services.timezone)
        if chat.state is not ChatState.ACTIVE:
            await preferences.resume(tx, chat_id, now)
    if not payload:
        return welcome()
    try:
        query = parse(query_of(payload), services.vocabulary)
    except InputError:
        return Message(DEAD_LINK, welcome().keyboard)
    return await show_page(services, chat_id, query, Order.NEWEST, page=1)


async def help_(services: BotServices, chat_id: int, _text: str) -> Message:
    """Say how to ask, and what there is."""
    return help_text(operator=chat_id in services.admin_chats)
