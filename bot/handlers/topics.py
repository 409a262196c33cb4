"""/topics: what there is to read about."""

from bot.messages.callbacks import Ref, ShowTopics
from bot.messages.text import Message
from bot.messages.topics import TopicCount
from bot.messages.topics import topics as topics_message
from bot.services import BotServices
from storage.topics import topic_counts


async def topics(services: BotServices, _chat_id: int, _text: str) -> Message:
    """List the topics, to look into."""
    return await show_topics(services, ShowTopics())


async def show_topics(services: BotServices, show: ShowTopics) -> Message:
    """Return a page of the topics, those with most items first."""
    async with services.db.read() as tx:
        counts = await topic_counts(tx)
    found = [
        TopicCount(Ref.to(f"topic:{topic.slug}"), services.topic_name(topic.slug), count)
        for topic in services.taxonomy
        if (count := counts.get(topic.slug, 0)) or show.follow
    ]
    return topics_message(sorted(found, key=lambda topic: -topic.count), show)
