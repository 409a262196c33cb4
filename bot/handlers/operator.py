"""Commands of the operator's own chats; in any other chat there are no such commands."""

from bot.messages.problems import UNKNOWN_COMMAND
from bot.messages.sources import sources as sources_message
from bot.messages.text import Message
from bot.services import BotServices
from storage.sources import all_sources


async def sources(services: BotServices, chat_id: int, _text: str) -> Message:
    """Say how the upstream sources are."""
    if chat_id not in services.admin_chats:
        return Message(UNKNOWN_COMMAND)
    async with services.db.read() as tx:
        found = await all_sources(tx)
    return sources_message(found)
