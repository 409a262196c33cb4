"""/pause and /resume: silence for a while, of everything or of one subscription."""

from bot.handlers.settings import registered
from bot.messages.choices import Pause
from bot.messages.pauses import one_paused, pause_begun, resumed, unreadable_pause
from bot.messages.problems import unreadable_query
from bot.messages.subscriptions import not_followed
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import NotFoundError, QueryError, ScheduleError
from domain.model import Subscription
from domain.pause import read_pause, split_pause
from domain.query import parse
from storage import preferences, subscriptions


async def pause(services: BotServices, chat_id: int, text: str) -> Message:
    """Pause everything or the query that is named, until its end or /resume."""
    words, span = split_pause(text)
    try:
        if not words:
            return await begin(services, chat_id, Pause(span))
        one = await _named(services, chat_id, words)
        return (
            await begin(services, chat_id, Pause(span, one.id))
            if one
            else _unknown(services, words)
        )
    except ScheduleError as error:
        return unreadable_pause(str(error))
    except QueryError as error:
        return unreadable_query(words, str(error), error.position)


async def resume(services: BotServices, chat_id: int, text: str) -> Message:
    """End every pause of the chat, or that of the query that is named."""
    if not text:
        return await go_on(services, chat_id, None)
    try:
        one = await _named(services, chat_id, text)
    except QueryError as error:
        return unreadable_query(text, str(error), error.position)
    return await go_on(services, chat_id, one.id) if one else _unknown(services, text)


async def begin(services: BotServices, chat_id: int, asked: Pause) -> Message:
    """Begin a pause, or give the one that is on another end.

    Raises `ScheduleError` for an end that cannot be read, and `NotFoundError` for a subscription
    that the chat has not.
    """
    chat = await registered(services, chat_id)
    now = services.clock()
    until = read_pause(asked.span, chat.timezone, now)
    if asked.subscription is None:
        async with services.db.write() as tx:
            await preferences.pause(tx, chat_id, until, now)
        return pause_begun(until, chat.timezone)
    one = await _owned(services, chat_id, asked.subscription)
    async with services.db.write() as tx:
        await subscriptions.pause(tx, chat_id, one.id, until, now)
    return one_paused(services.in_words(one.query), one.id, until, chat.timezone)


async def go_on(services: BotServices, chat_id: int, subscription: int | None) -> Message:
    """End the pause of everything, or of one subscription; raises `NotFoundError` as `begin`."""
    await registered(services, chat_id)
    now = services.clock()
    if subscription is None:
        async with services.db.write() as tx:
            await preferences.resume(tx, chat_id, now)
            await subscriptions.resume_all(tx, chat_id, now)
        services.nudge()
        return resumed()
    one = await _owned(services, chat_id, subscription)
    async with services.db.write() as tx:
        await subscriptions.resume(tx, chat_id, one.id, now)
    services.nudge()
    return resumed(services.in_words(one.query))


async def _named(services: BotServices, chat_id: int, words: str) -> Subscription | None:
    query = parse(words, services.vocabulary)
    async with services.db.read() as tx:
        followed = await subscriptions.of_chat(tx, chat_id)
    return next((one for one in followed if one.query == query.canonical), None)


async def _owned(services: BotServices, chat_id: int, subscription: int) -> Subscription:
    async with services.db.read() as tx:
        followed = await subscriptions.of_chat(tx, chat_id)
    for one in followed:
        if one.id == subscription:
            return one
    raise NotFoundError("the subscription has ended already")


def _unknown(services: BotServices, words: str) -> Message:
    return not_followed(services.in_words(parse(words, services.vocabulary).canonical))
