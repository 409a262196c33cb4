"""Which update goes to which conversation."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatType, MessageEntityType
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.handlers import (
    feeds,
    inline,
    membership,
    operator,
    pauses,
    privacy,
    publishing,
    search,
    settings,
    start,
    status,
    subscriptions,
    topics,
)
from bot.handlers.buttons import pressed
from bot.handlers.rights import may_change
from bot.handlers.send import reply, rest_of, topic_of
from bot.messages.problems import NOT_ALLOWED, UNKNOWN_COMMAND
from bot.messages.text import Message
from bot.services import BotServices

Conversation = Callable[[BotServices, int, str], Awaitable[Message]]
"""Takes the chat's id and what follows the command; returns the answer."""

TopicConversation = Callable[[BotServices, int, str, int | None], Awaitable[Message]]
"""Is told the forum topic too that it takes place in."""

T = TypeVar("T")

Context = ContextTypes.DEFAULT_TYPE
Handler = BaseHandler[Update, Context, Any]

COMMANDS: dict[str, Conversation] = {
    "start": start.start,
    "help": start.help_,
    "topics": topics.topics,
    "latest": search.latest,
    "search": search.search,
    "subscriptions": subscriptions.subscriptions,
    "unsubscribe": subscriptions.unsubscribe,
    "pause": pauses.pause,
    "resume": pauses.resume,
    "settings": settings.settings,
    "language": settings.language,
    "timezone": settings.timezone,
    "feed": feeds.feed,
    "status": status.status,
    "privacy": privacy.privacy,
    "mydata": privacy.my_data,
    "forgetme": privacy.forget_me,
}

OPERATOR: dict[str, Conversation] = {
    "publish": publishing.publish,
    "sources": operator.sources,
    "stats": operator.stats,
}
"""Outside the operator's chats there are no such commands."""

IN_TOPIC: dict[str, TopicConversation] = {"subscribe": subscriptions.subscribe}

CHANGES = frozenset(
    (
        "subscribe",
        "unsubscribe",
        "pause",
        "resume",
        "settings",
        "language",
        "timezone",
        "mydata",
        "forgetme",
        "publish",
    )
)
"""What only a group's administrators may use."""

NEW = filters.UpdateType.MESSAGE


def all_handlers(services: BotServices) -> list[Handler]:
    """Return every handler; the first that takes an update has it alone."""
    return [
        MessageHandler(
            filters.StatusUpdate.MIGRATE,
            _on(services, lambda update: update.message, membership.migrated),
        ),
        ChatMemberHandler(
            _on(services, lambda update: update.my_chat_member, membership.member_changed),
            ChatMemberHandler.MY_CHAT_MEMBER,
        ),
        CallbackQueryHandler(_on(services, lambda update: update.callback_query, pressed)),
        InlineQueryHandler(_on(services, lambda update: update.inline_query, inline.asked)),
        *(
            CommandHandler(
                name, _command(services, conversation, changes=name in CHANGES), filters=NEW
            )
            for name, conversation in COMMANDS.items()
        ),
        *(
            CommandHandler(
                name,
                _command(services, conversation, changes=name in CHANGES),
                filters=NEW & filters.Chat(list(services.admin_chats)),
            )
            for name, conversation in OPERATOR.items()
        ),
        *(
            CommandHandler(name, _topic_command(services, conversation), filters=NEW)
            for name, conversation in IN_TOPIC.items()
        ),
        MessageHandler(
            filters.StatusUpdate.FORUM_TOPIC_REOPENED,
            _on(services, lambda update: update.message, membership.topic_reopened),
        ),
        MessageHandler(
            NEW & filters.COMMAND & filters.ChatType.PRIVATE, _command(services, _unknown)
        ),
        MessageHandler(
            NEW & filters.TEXT & ~filters.COMMAND,
            _on(services, lambda update: update.message, _words),
        ),
    ]


def _on(
    services: BotServices,
    pick: Callable[[Update], T | None],
    handle: Callable[[BotServices, T], Awaitable[None]],
) -> Callable[[Update, Context], Any]:
    """Hand what an update is about to a handler."""

    async def handler(update: Update, _context: Context) -> None:
        found = pick(update)
        if found is not None:
            await handle(services, found)

    return handler


def _command(
    services: BotServices, conversation: Conversation, *, changes: bool = False
) -> Callable[[Update, Context], Any]:
    async def answer(services: BotServices, asked: TelegramMessage) -> None:
        if await _is_allowed(asked, changes=changes):
            await reply(asked, await conversation(services, asked.chat.id, rest_of(asked)))

    return _on(services, lambda update: update.message, answer)


def _topic_command(
    services: BotServices, conversation: TopicConversation
) -> Callable[[Update, Context], Any]:
    async def answer(services: BotServices, asked: TelegramMessage) -> None:
        if await _is_allowed(asked, changes=True):
            message = await conversation(services, asked.chat.id, rest_of(asked), topic_of(asked))
            await reply(asked, message)

    return _on(services, lambda update: update.message, answer)


async def _is_allowed(asked: TelegramMessage, *, changes: bool) -> bool:
    """Tell whether the command is for whoever used it, and say so where it is not."""
    allowed = not changes or await may_change(
        asked.get_bot(), asked.chat, asked.from_user, asked.sender_chat
    )
    if not allowed:
        await reply(asked, Message(NOT_ALLOWED))
    return allowed


async def _words(services: BotServices, asked: TelegramMessage) -> None:
    text = addressed(asked, asked.get_bot())
    if text:
        await reply(asked, await search.search(services, asked.chat.id, text))


async def _unknown(_services: BotServices, _chat_id: int, _text: str) -> Message:
    return Message(UNKNOWN_COMMAND)


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
