"""/status: is it at work, what is there, and what does this chat follow."""

from bot.messages import status as messages
from bot.messages.text import Message
from bot.services import BotServices
from domain.query import parse
from storage import chats, items, leases, search, subscriptions


async def status(services: BotServices, chat_id: int, _text: str) -> Message:
    """Tell it, as the store has it: the sender can be in another process."""
    now = services.clock()
    everything = parse("", services.vocabulary)
    async with services.db.read() as tx:
        sender = await leases.holder(tx, leases.SENDER, now=now)
        newest = await search.find(
            tx, everything, now=now, limit=1, order=search.Order.NEWEST, bare=True
        )
        total = await items.total(tx)
        chat = await chats.get(tx, chat_id)
        followed = await subscriptions.of_chat(tx, chat_id)
    state = messages.Status(
        sends=sender is not None,
        items=total,
        newest=newest.items[0] if newest.items else None,
        chat=chat,
        followed=[services.in_words(one.query) for one in followed],
        now=now,
    )
    return messages.status(state, services.links)
