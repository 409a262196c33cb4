"""Presses of buttons: each is answered, and its message becomes what the press asks for."""

from telegram import CallbackQuery, Update
from telegram.error import BadRequest

from bot.handlers import results, subscriptions, topics
from bot.handlers.send import replace
from bot.messages.callbacks import (
    Follow,
    Press,
    ShowLatest,
    ShowPage,
    ShowSubscriptions,
    ShowTopics,
    Stop,
    StopAll,
    decode,
)
from bot.messages.problems import APOLOGY, STALE_BUTTON
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import InputError, NotFoundError

TOASTS: dict[type[Press], str] = {
    Follow: "You follow this now",
    Stop: "Stopped",
    StopAll: "Stopped",
}


async def pressed(services: BotServices, update: Update) -> None:
    """React to a press; one that we cannot read, or that has lost its meaning, says so."""
    query = update.callback_query
    if query is None:
        return
    toast = APOLOGY
    try:
        toast = await _react(services, query)
    finally:
        await _answer(query, toast)


async def _react(services: BotServices, query: CallbackQuery) -> str:
    """Show what the press asks for, and return what is shown over the chat for a moment."""
    if query.message is None:
        return STALE_BUTTON
    try:
        press = decode(query.data or "")
        message = await _message(services, query.message.chat.id, press)
    except (InputError, NotFoundError):
        return STALE_BUTTON
    await replace(query.message, message)
    return TOASTS.get(type(press), "")


async def _message(services: BotServices, chat_id: int, press: Press) -> Message:
    match press:
        case ShowPage():
            return await results.show_page(services, chat_id, press)
        case ShowLatest(ref):
            return await results.show_latest(services, chat_id, ref)
        case Follow():
            return await subscriptions.follow(services, chat_id, press)
        case ShowTopics():
            return await topics.show_topics(services, press)
        case ShowSubscriptions():
            return await subscriptions.show_subscriptions(services, chat_id, press)
        case Stop():
            return await subscriptions.stop(services, chat_id, press)
        case StopAll():
            return await subscriptions.stop_all(services, chat_id)


async def _answer(query: CallbackQuery, toast: str) -> None:
    try:
        await query.answer(toast)
    except BadRequest as error:
        # A press waits a minute for its answer at most; later its button spins no more anyway.
        if "query is too old" not in error.message.lower():
            raise
