"""Presses of buttons: each is answered, and its message becomes what the press asks for."""

from urllib.parse import parse_qs, urlsplit

from telegram import CallbackQuery, MaybeInaccessibleMessage
from telegram import Message as TelegramMessage
from telegram.error import BadRequest

from bot.handlers import pauses, privacy, publishing, results, settings, subscriptions, topics
from bot.handlers.rights import may_change
from bot.handlers.send import came_too_late, replace, topic_of
from bot.messages.callbacks import (
    DropDraft,
    Follow,
    Press,
    PublishDraft,
    Ref,
    ShowLatest,
    ShowPage,
    ShowSubscriptions,
    ShowTopics,
    Stop,
    StopAll,
    decode,
)
from bot.messages.choices import (
    Forget,
    Pause,
    Resume,
    SetEmpty,
    SetLanguage,
    SetLimit,
    SetQuiet,
    SetZone,
    ShowSettings,
)
from bot.messages.problems import APOLOGY, NOT_ALLOWED, STALE_BUTTON
from bot.messages.publishing import NOT_PUBLISHED
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import InputError, NotFoundError
from domain.query import Query, parse

TOASTS: dict[type[Press], str] = {
    Follow: "You follow this now",
    Stop: "Stopped",
    StopAll: "Stopped",
    SetLanguage: "Set",
    SetZone: "Set",
    SetQuiet: "Set",
    SetLimit: "Set",
    SetEmpty: "Set",
    Pause: "Paused",
    Resume: "Resumed",
    Forget: "Erased",
}

CHANGES = (*TOASTS, ShowSettings, PublishDraft, DropDraft)
"""What only a group's administrators may press."""


async def pressed(services: BotServices, query: CallbackQuery) -> None:
    """React to a press; one that we cannot read, or that has lost its meaning, says so."""
    toast = APOLOGY
    try:
        toast = await _react(services, query)
    finally:
        await _answer(query, toast)


async def _react(services: BotServices, query: CallbackQuery) -> str:
    """Show what the press asks for, and return what is shown over the chat for a moment."""
    shown = query.message
    if shown is None:
        return STALE_BUTTON
    try:
        press = decode(query.data or "")
        if isinstance(press, CHANGES) and not await may_change(
            query.get_bot(), shown.chat, query.from_user, None
        ):
            return NOT_ALLOWED
        message = await _message(services, shown, press)
    except (InputError, NotFoundError):
        return STALE_BUTTON
    await replace(shown, message)
    return TOASTS.get(type(press), "")


async def _message(services: BotServices, shown: MaybeInaccessibleMessage, press: Press) -> Message:
    chat_id = shown.chat.id
    match press:
        case ShowPage(ref, order, page):
            query = _query(services, ref, shown)
            return await results.show_page(services, chat_id, query, order, page)
        case ShowLatest(subscription):
            return await subscriptions.latest_of(services, chat_id, subscription)
        case Follow(ref):
            query = _query(services, ref, shown)
            return await subscriptions.follow(services, chat_id, query, topic_of(shown))
        case ShowTopics():
            return await topics.show_topics(services, press)
        case ShowSubscriptions():
            return await subscriptions.show_subscriptions(services, chat_id, press)
        case Stop(subscription):
            return await subscriptions.stop(services, chat_id, subscription)
        case StopAll():
            return await subscriptions.stop_all(services, chat_id)
        case PublishDraft():
            return await publishing.confirmed(services, shown, press)
        case DropDraft():
            return NOT_PUBLISHED
        case ShowSettings():
            return await settings.show_settings(services, chat_id, press)
        case SetLanguage() | SetZone() | SetQuiet() | SetLimit() | SetEmpty():
            return await settings.choose(services, chat_id, press)
        case Pause():
            return await pauses.begin(services, chat_id, press)
        case Resume(one):
            return await pauses.go_on(services, chat_id, one)
        case Forget():
            return await privacy.forget(services, chat_id)


def _query(services: BotServices, ref: Ref, shown: MaybeInaccessibleMessage) -> Query:
    """Return the query that a button names; raises `InputError` where it cannot be told."""
    text = _linked_query(services, shown) if ref.query is None else ref.query
    if text is None:
        raise InputError("the message links to no query")
    return parse(text, services.vocabulary)


def _linked_query(services: BotServices, shown: MaybeInaccessibleMessage) -> str | None:
    """Return the query of the search page that a message of ours links to."""
    for entity in shown.entities if isinstance(shown, TelegramMessage) else ():
        found = parse_qs(urlsplit(entity.url or "").query).get("q", [""])[0]
        if found and services.links.search(found) == entity.url:
            return found
    return None


async def _answer(query: CallbackQuery, toast: str) -> None:
    try:
        await query.answer(toast)
    except BadRequest as error:
        if not came_too_late(error):
            raise
