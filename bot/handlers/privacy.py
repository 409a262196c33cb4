"""/privacy, /mydata and /forgetme: what is kept of a chat."""

import json

from bot.messages import privacy as messages
from bot.messages.text import Message
from bot.services import BotServices
from storage import chats, mydata


async def privacy(_services: BotServices, _chat_id: int, _text: str) -> Message:
    """Say what is kept, and for how long."""
    return messages.privacy()


async def my_data(services: BotServices, chat_id: int, _text: str) -> Message:
    """Send all that is kept of the chat."""
    async with services.db.read() as tx:
        kept = await mydata.export(tx, chat_id)
    if kept is None:
        return messages.no_data()
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    return messages.my_data(text.encode())


async def forget_me(services: BotServices, chat_id: int, _text: str) -> Message:
    """Ask whether to erase it all."""
    async with services.db.read() as tx:
        known = await chats.get(tx, chat_id) is not None
    return messages.ask_to_forget() if known else messages.no_data()


async def forget(services: BotServices, chat_id: int) -> Message:
    """Erase it all."""
    async with services.db.write() as tx:
        await mydata.forget(tx, chat_id)
    return messages.forgotten()
