"""/subscribe, /subscriptions and /unsubscribe: what a chat follows."""

import re

from bot.handlers.results import show_latest
from bot.handlers.topics import show_topics
from bot.messages.callbacks import ShowSubscriptions, ShowTopics
from bot.messages.problems import unreadable_query, unreadable_schedule
from bot.messages.subscriptions import Followed, following, not_followed
from bot.messages.subscriptions import subscriptions as subscriptions_message
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import NotFoundError, QueryError, ScheduleError
from domain.model import Subscription
from domain.query import Query, parse
from domain.schedule import NOW, Schedule, parse_schedule
from storage import chats
from storage import subscriptions as store

_SCHEDULE = re.compile(
    r"(?:^|\s)(now|hourly|daily(?:\s+\d\S*)?"
    r"|weekly(?:\s+(?:mon|tue|wed|thu|fri|sat|sun)\w*)?(?:\s+\d\S*)?)\s*$",
    re.IGNORECASE,
)
"""A schedule at the end, whole or begun; `daily mail` is none. Quotes keep such a word a word."""


async def subscribe(
    services: BotServices, chat_id: int, text: str, thread_id: int | None = None
) -> Message:
    """Follow a query, or offer the topics where none is named.

    Asked for in a forum topic of a group, its messages go there.
    """
    if not text:
        return await show_topics(services, ShowTopics(follow=True))
    try:
        words, schedule = split_schedule(text)
        query = parse(words, services.vocabulary)
    except ScheduleError as error:
        return unreadable_schedule(str(error))
    except QueryError as error:
        return unreadable_query(text, str(error), error.position)
    return await _follow(services, chat_id, query, schedule, thread_id)


async def follow(
    services: BotServices, chat_id: int, query: Query, thread_id: int | None = None
) -> Message:
    """Follow a query, each new item as it comes."""
    return await _follow(services, chat_id, query, NOW, thread_id)


async def latest_of(services: BotServices, chat_id: int, subscription: int) -> Message:
    """Return the newest few of what is followed; raises `NotFoundError` where it has ended."""
    async with services.db.read() as tx:
        followed = await store.of_chat(tx, chat_id)
    for one in followed:
        if one.id == subscription:
            return await show_latest(services, chat_id, parse(one.query, services.vocabulary))
    raise NotFoundError("the subscription has ended already")


async def subscriptions(services: BotServices, chat_id: int, _text: str) -> Message:
    """List what the chat follows."""
    return await show_subscriptions(services, chat_id, ShowSubscriptions())


async def unsubscribe(services: BotServices, chat_id: int, text: str) -> Message:
    """Stop following a query, or list what there is to stop."""
    if text:
        try:
            query = parse(text, services.vocabulary)
        except QueryError as error:
            return unreadable_query(text, str(error), error.position)
        async with services.db.write() as tx:
            followed = await store.of_chat(tx, chat_id)
            ids = [one.id for one in followed if one.query == query.canonical]
            if not ids:
                return not_followed(services.in_words(query.canonical))
            await store.remove(tx, chat_id, ids[0])
    return await show_subscriptions(services, chat_id, ShowSubscriptions())


async def show_subscriptions(
    services: BotServices, chat_id: int, show: ShowSubscriptions
) -> Message:
    """Return a page of what the chat follows."""
    async with services.db.read() as tx:
        found = await store.of_chat(tx, chat_id)
        chat = await chats.get(tx, chat_id)
    zone = chat.timezone if chat else services.timezone
    paused_until = chat.paused_until if chat else None
    return subscriptions_message(
        [_followed(services, one) for one in found], show, zone, paused_until
    )


async def stop(services: BotServices, chat_id: int, subscription: int) -> Message:
    """End one subscription; raises `NotFoundError` where this chat has none such."""
    async with services.db.write() as tx:
        if not await store.remove(tx, chat_id, subscription):
            raise NotFoundError("the subscription has ended already")
    return await show_subscriptions(services, chat_id, ShowSubscriptions())


async def stop_all(services: BotServices, chat_id: int) -> Message:
    """End every subscription of the chat."""
    async with services.db.write() as tx:
        await store.remove_all(tx, chat_id)
    return await show_subscriptions(services, chat_id, ShowSubscriptions())


def split_schedule(text: str) -> tuple[str, Schedule]:
    """Split `QUERY [SCHEDULE]`; without a schedule it is `now`. Raises `ScheduleError`."""
    found = _SCHEDULE.search(text)
    if found is None:
        return text, NOW
    return text[: found.start()], parse_schedule(found[1])


async def _follow(
    services: BotServices, chat_id: int, query: Query, schedule: Schedule, thread_id: int | None
) -> Message:
    now = services.clock()
    async with services.db.write() as tx:
        await chats.register(tx, chat_id, now=now, timezone=services.timezone)
        added, new = await store.add(
            tx, chat_id, query.canonical, str(schedule), now=now, thread_id=thread_id
        )
    return following(_followed(services, added), new=new)


def _followed(services: BotServices, subscription: Subscription) -> Followed:
    words = services.in_words(subscription.query)
    until = subscription.paused_until
    paused = until is not None and until > services.clock()
    return Followed(subscription.id, words, subscription.schedule, until if paused else None)
