"""How much there is of what, for the operator."""

from storage import chats, items, outbox
from storage.database import Transaction


async def stats(tx: Transaction) -> dict[str, int]:
    """Count items, chats and what waits, by names for people."""
    found = await items.counts(tx)
    talking = await chats.counts(tx)
    waiting = await outbox.pending(tx)
    return {
        "items": found.total,
        **{f"items: {kind}": count for kind, count in found.kinds.items()},
        **{f"items in {lang}": count for lang, count in found.languages.items()},
        **{f"chats: {state.value}": count for state, count in talking.items()},
        **{f"waiting: {lane.value}": count.waiting for lane, count in waiting.lanes.items()},
        "items being fanned out": waiting.fanouts,
    }
