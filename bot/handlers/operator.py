"""Questions of the operator's own chats."""

from bot.messages.sources import sources as sources_message
from bot.messages.stats import Queue
from bot.messages.stats import stats as stats_message
from bot.messages.text import Message
from bot.services import BotServices
from storage import outbox
from storage.sources import all_sources
from storage.stats import stats as count


async def sources(services: BotServices, _chat_id: int, _text: str) -> Message:
    """Say how the upstream sources are."""
    async with services.db.read() as tx:
        found = await all_sources(tx)
    return sources_message(found)


async def stats(services: BotServices, _chat_id: int, _text: str) -> Message:
    """Say how much there is of what, and how full the queue is."""
    async with services.db.read() as tx:
        counts = await count(tx)
        figures = await outbox.figures(tx, now=services.clock())
    queues = [
        Queue(
            lane=lane.value,
            due=state.due,
            later=state.later,
            claimed=state.claimed,
            age=state.age,
            set_aside=sum(n for (its, _), n in figures.set_aside.items() if its is lane),
        )
        for lane, state in figures.lanes.items()
    ]
    return stats_message(counts, queues)
