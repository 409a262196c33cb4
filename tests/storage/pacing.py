"""What tests of quiet hours, limits and pauses share."""

from datetime import UTC, datetime

from domain.quiet import parse_quiet
from storage import outbox, preferences
from storage.database import Database
from tests.factories import make_draft, put
from tests.sending import claim, expand_all, sent

QUIET = parse_quiet("22:00-07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NOON = at("2024-05-01T12:00")
NIGHT = at("2024-05-01T23:00")
MORNING = at("2024-05-02T07:00")


async def be_quiet(db: Database, chat_id: int = 1, *, now: datetime = NOON) -> None:
    async with db.write() as tx:
        await preferences.set_quiet(tx, chat_id, QUIET, now)


async def publish(db: Database, *titles: str, now: datetime, urgent: bool = False) -> None:
    for title in titles:
        await put(db, make_draft(title, urgent=urgent), push=True, now=now)
        await expand_all(db, now=now)


async def run(db: Database, now: datetime) -> None:
    """Do all that the clock makes due."""
    while True:
        async with db.write() as tx:
            if not await outbox.run_schedules(tx, now=now):
                return


async def arrivals(db: Database, now: datetime, limit: int = 100) -> list[list[str]]:
    """Send all that may go out, and return the titles of each message in order."""
    told: list[list[str]] = []
    while messages := await claim(db, limit, now=now):
        await sent(db, *messages, now=now)
        told += [[item.title for item in one.items] for one in messages]
    return told
