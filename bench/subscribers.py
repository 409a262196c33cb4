"""Stores with as many chats and subscriptions as a benchmark wants, and an item on its way."""

from datetime import UTC, datetime

from sqlalchemy import text

from domain.model import Draft, Kind
from seeds.data import load_classifier
from storage.database import Database
from storage.ingest import ingest
from storage.migrate import upgrade

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SINCE = "2026-01-01 00:00:00.000000"

_CHATS = """
INSERT INTO chat (id, state, timezone, created_at, changed_at)
WITH RECURSIVE numbers (i) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < {count}
)
SELECT i * 7919, 'active', 'UTC', '{since}', '{since}' FROM numbers
"""
_SUBSCRIPTIONS = """
INSERT INTO subscription (chat_id, query_id, schedule, next_due_at, created_at)
SELECT id, id % {queries} + 1, {schedule}, {due}, '{since}' FROM chat ORDER BY id
"""
_QUARTER = "CASE id % 4 WHEN 0 THEN {} WHEN 1 THEN {} WHEN 2 THEN {} ELSE {} END"


async def fill(db: Database, chats: int, *, queries: int) -> None:
    """Let so many chats follow one query each, of so many that the item to come matches."""
    await _fill(db, chats, queries, schedule="'now'", due="NULL")


async def fill_mixed(db: Database, chats: int, *, soon: str, later: str) -> None:
    """Let so many chats have schedules of every sort; one in four is due `soon`."""
    schedule = _QUARTER.format("'now'", "'daily 09:00'", "'weekly mon 09:00'", "'hourly'")
    due = _QUARTER.format("NULL", f"'{later}'", f"'{later}'", f"'{soon}'")
    # Both databases find out by themselves what a text is, but not inside of CASE.
    if not db.is_sqlite:
        due = f"CAST({due} AS timestamptz)"
    await _fill(db, chats, 10, schedule=schedule, due=due)


async def publish(db: Database) -> None:
    """Send an item on its way."""
    draft = Draft(title="Ship seized off Malta", body="Oil was found.", lang="en", kind=Kind.NEWS)
    async with db.write() as tx:
        await ingest(
            tx,
            [draft],
            source="newsroom",
            document=None,
            classifier=load_classifier(),
            now=NOW,
            push=True,
        )


async def _fill(db: Database, chats: int, queries: int, *, schedule: str, due: str) -> None:
    await upgrade(db)
    saved = [{"text": f"kind:news -absent{number}"} for number in range(queries)]
    async with db.write() as tx:
        await tx.execute(text("INSERT INTO saved_query (text) VALUES (:text)"), saved)
        await tx.execute(text(_CHATS.format(count=chats, since=SINCE)))
        await tx.execute(
            text(_SUBSCRIPTIONS.format(queries=queries, schedule=schedule, due=due, since=SINCE))
        )
    if not db.is_sqlite:
        async with db.write() as tx:
            await tx.execute(text("ANALYZE"))
