"""The bot's place in chats: blocked or removed, taken back, and groups that get a new id."""

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message

from bot.services import BotServices
from domain.model import ChatState
from storage import chats, outbox, threads

OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


async def member_changed(services: BotServices, change: ChatMemberUpdated) -> None:
    """Hold pushes to a chat that the bot was put out of, and begin again when it is back."""
    now = services.clock()
    async with services.db.write() as tx:
        chat = await chats.get(tx, change.chat.id)
        if chat is None:
            return
        if _is_outside(change):
            await outbox.chat_gone(tx, chat.id, "the bot was removed", now)
        elif chat.state is ChatState.GONE:
            await chats.set_state(tx, chat.id, ChatState.ACTIVE, None, now)


async def migrated(services: BotServices, message: Message) -> None:
    """Take a group's chat and subscriptions over to its new id; Telegram tells both chats."""
    new = message.migrate_to_chat_id
    if new is not None:
        async with services.db.write() as tx:
            await outbox.chat_moved(tx, message.chat.id, new)


async def topic_reopened(services: BotServices, message: Message) -> None:
    """Use a forum topic again that Telegram refused while it was closed."""
    if message.message_thread_id is not None:
        async with services.db.write() as tx:
            await threads.use_again(tx, message.chat.id, message.message_thread_id)


def _is_outside(change: ChatMemberUpdated) -> bool:
    member = change.new_chat_member
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in OUTSIDE
