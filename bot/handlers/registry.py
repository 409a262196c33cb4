"""Which update goes to which conversation."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatType, MessageEntityType
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.handlers import membership, search, start, subscriptions, topics
from bot.handlers.buttons import pressed
from bot.handlers.send import reply
from bot.messages.problems import UNKNOWN_COMMAND
from bot.messages.text import Message
from bot.services import BotServices

Conversation = Callable[[BotServices, int, str], Awaitable[Message]]
"""Takes the chat's id and what follows the command; returns the answer."""

Context = ContextTypes.DEFAULT_TYPE
Handler = BaseHandler[Update, Context, Any]

COMMANDS: dict[str, Conversation] = {
    "start": start.start,
    "help": start.help_,
    "topics": topics.topics,
    "latest": search.latest,
    "search": search.search,
    "subscribe": subscriptions.subscribe,
    "subscriptions": subscriptions.subscriptions,
    "unsubscribe": subscriptions.unsubscribe,
}

NEW = filters.UpdateType.MESSAGE


def all_handlers(services: BotServices) -> list[Handler]:
    """Return every handler; the first that takes an update has it alone."""
    return [
        MessageHandler(filters.StatusUpdate.MIGRATE, _update(services, membership.migrated)),
        ChatMemberHandler(
            _update(services, membership.member_changed), ChatMemberHandler.MY_CHAT_MEMBER
        ),
        CallbackQueryHandler(_update(services, pressed)),
        *(
            CommandHandler(name, _command(services, conversation), filters=NEW)
            for name, conversation in COMMANDS.items()
        ),
        MessageHandler(NEW & filters.COMMAND & filters.ChatType.PRIVATE, _unknown_command),
        MessageHandler(NEW & filters.TEXT & ~filters.COMMAND, _words(services)),
    ]


def _update(
    services: BotServices, handle: Callable[[BotServices, Update], Awaitable[None]]
) -> Callable[[Update, Context], Any]:
    async def handler(update: Update, _context: Context) -> None:
        await handle(services, update)

    return handler


def _command(services: BotServices, conversation: Conversation) -> Callable[[Update, Context], Any]:
    async def handler(update: Update, _context: Context) -> None:
        asked = update.message
        if asked is not None:
            _, *rest = (asked.text or "").split(maxsplit=1)
            text = rest[0].strip() if rest else ""
            await reply(asked, await conversation(services, asked.chat.id, text))

    return handler


def _words(services: BotServices) -> Callable[[Update, Context], Any]:
    async def handler(update: Update, context: Context) -> None:
        asked = update.message
        text = addressed(asked, context.bot) if asked is not None else None
        if asked is not None and text:
            await reply(asked, await search.search(services, asked.chat.id, text))

    return handler


async def _unknown_command(update: Update, _context: Context) -> None:
    if update.message is not None:
        await reply(update.message, Message(UNKNOWN_COMMAND))


def addressed(message: TelegramMessage, bot: Bot) -> str | None:
    """Return what a message says to the bot, or None where people talk among themselves.

    In a group that is a message that mentions the bot, without the mention, or a reply to it.
    """
    text = message.text or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    mention = f"@{bot.username}".casefold()
    for found in message.parse_entities([MessageEntityType.MENTION]).values():
        if found.casefold() == mention:
            return text.replace(found, " ").strip()
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None:
        return text if answered.from_user.id == bot.id else None
    return None
