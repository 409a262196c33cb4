"""How much there is of what and what is on its way, for the operator's chats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.messages.text import LIMIT, Message, bold, cut, escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The messages of one lane."""

    lane: str
    due: int
    later: int
    """Waiting for another try, or for the hour at which they may go."""
    claimed: int
    age: timedelta
    """For how long the first of those that are due has been so."""
    set_aside: int


def stats(counts: Mapping[str, int], queues: Sequence[Queue]) -> Message:
    """Return the counts, and each lane of the queue."""
    lines = [f"{name}: {count:,}" for name, count in counts.items()]
    told = cut("\n".join(lines), LIMIT // 2)
    waiting = "\n".join(_queue(queue) for queue in queues)
    return Message(f"{bold('Counts')}\n{escape(told)}\n\n{bold('Queue')}\n{waiting}")


def _queue(queue: Queue) -> str:
    age = timedelta(seconds=int(queue.age.total_seconds()))
    since = f" (the first for {age})" if queue.due else ""
    return (
        f"{escape(queue.lane)}: {queue.due:,} due{since}, {queue.claimed:,} claimed, "
        f"{queue.later:,} for later, {queue.set_aside:,} set aside"
    )
