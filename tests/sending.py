"""What tests do with the outbox, each step in a transaction of its own."""

from datetime import datetime

from domain.model import Delivery
from storage import outbox
from storage.database import Database
from tests.factories import NOW, VOCABULARY, make_draft, put


async def expand_all(db: Database, chunk: int = 1000, *, now: datetime = NOW) -> list[int]:
    """Expand until nothing is left; returns what each step did."""
    done: list[int] = []
    saved = outbox.SavedQueries(VOCABULARY)
    while True:
        async with db.write() as tx:
            step = await outbox.expand(tx, saved=saved, now=now, chunk=chunk)
        if not step:
            return done
        done.append(step)


async def broadcast(db: Database, *titles: str, now: datetime = NOW) -> None:
    """Put items and expand them."""
    await put(db, *(make_draft(title) for title in titles), push=True, now=now)
    await expand_all(db, now=now)


async def claim(
    db: Database, limit: int = 100, *, now: datetime = NOW, owner: str = "me"
) -> list[Delivery]:
    """Claim messages."""
    async with db.write() as tx:
        return await outbox.claim(tx, owner=owner, now=now, limit=limit)


async def sent(db: Database, *deliveries: Delivery, now: datetime = NOW) -> None:
    """Settle messages as sent."""
    async with db.write() as tx:
        for delivery in deliveries:
            await outbox.settle_sent(tx, delivery, message_id=2**40, now=now)


def shown(deliveries: list[Delivery]) -> list[tuple[int, str]]:
    """Return each message's chat and first title."""
    return [(one.chat_id, one.items[0].title) for one in deliveries]
