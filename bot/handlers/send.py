"""Conversations' messages to Telegram: as a reply, or in place of the one with the button."""

from telegram import LinkPreviewOptions, MaybeInaccessibleMessage, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from bot.messages.text import Message, to_plain

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def reply(to: TelegramMessage, message: Message) -> None:
    """Answer a message, as plain text where Telegram refuses the HTML.

    In groups the answer names the question, and elsewhere where it asks for that.
    """
    quote = None
    if message.quotes or to.chat.type != ChatType.PRIVATE:
        quote = ReplyParameters(to.message_id, allow_sending_without_reply=True)
    if message.file is not None:
        await to.reply_document(
            message.file.content,
            filename=message.file.name,
            caption=message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            reply_parameters=quote,
        )
        return
    for text, mode in ((message.html, ParseMode.HTML), (to_plain(message.html), None)):
        try:
            await to.reply_text(
                text,
                parse_mode=mode,
                reply_markup=message.keyboard,
                link_preview_options=NO_PREVIEW,
                reply_parameters=quote,
            )
        except BadRequest:
            if mode is None:
                raise
        else:
            return


def rest_of(asked: TelegramMessage) -> str:
    """Return what follows the command in a message."""
    _, *rest = (asked.text or "").split(maxsplit=1)
    return rest[0].strip() if rest else ""


def topic_of(message: MaybeInaccessibleMessage) -> int | None:
    """Return the forum topic that a message stands in; None for all other messages."""
    if isinstance(message, TelegramMessage) and message.is_topic_message:
        return message.message_thread_id
    return None


def came_too_late(error: BadRequest) -> bool:
    """Tell whether a press or an inline query was answered when nobody waited any more.

    A press waits a minute for its answer at most; later its button spins no more anyway.
    """
    return "query is too old" in error.message.lower()


async def replace(shown: MaybeInaccessibleMessage, message: Message) -> None:
    """Put a message in the place of one of ours, or below it where that cannot be edited."""
    bot = shown.get_bot()
    try:
        await bot.edit_message_text(
            message.html,
            chat_id=shown.chat.id,
            message_id=shown.message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return
        await bot.send_message(
            shown.chat.id,
            to_plain(message.html),
            reply_markup=message.keyboard,
            link_preview_options=NO_PREVIEW,
            message_thread_id=topic_of(shown),
        )
