"""What the chats got, against what they should have got. Pure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

Message = tuple[int, int]
"""Chat and item."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Counts of what went wrong; all of them are 0 where nothing did."""

    lost: int
    """Messages that should have come and did not."""
    unwanted: int
    """Messages that should not have come."""
    duplicates: int
    by_kill: tuple[int, ...]
    """How many duplicates each kill explains."""
    unexplained: int
    """Duplicates that nothing explains: no kill in between, no send without an answer."""
    disordered: int
    """Messages that came after a later item of their chat."""


def judge(
    sent: Sequence[Message],
    expected: Mapping[int, Collection[int]],
    *,
    kills: Sequence[int] = (),
    unanswered: Mapping[Message, int] | None = None,
) -> Judgement:
    """Judge what was sent, in its order; `expected` names each item's chats, first item first.

    A kill is told by how many messages had been sent by then. It explains duplicates of messages
    that went before it, `unanswered` those of sends whose answers were lost.
    """
    wanted = {(chat, item) for item, chats in expected.items() for chat in chats}
    left = Counter(unanswered or {})
    first: dict[Message, int] = {}
    newest: dict[int, int] = {}
    by_kill: Counter[int] = Counter()
    unexplained = disordered = 0
    for place, message in enumerate(sent):
        chat, item = message
        if item < newest.get(chat, item):
            disordered += 1
        newest[chat] = max(item, newest.get(chat, item))
        if message not in first:
            first[message] = place
            continue
        kill = bisect_right(kills, first[message])
        if left[message]:
            left[message] -= 1
        elif kill < len(kills) and kills[kill] <= place:
            by_kill[kill] += 1
            first[message] = place
        else:
            unexplained += 1
    return Judgement(
        lost=len(wanted - first.keys()),
        unwanted=len(first.keys() - wanted),
        duplicates=len(sent) - len(first),
        by_kill=tuple(by_kill[kill] for kill in range(len(kills))),
        unexplained=unexplained,
        disordered=disordered,
    )
