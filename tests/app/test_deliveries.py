"""`topicwire deliveries`: figures, what was set aside, sending it again, following the rest."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain import figures as names
from storage import leases, outbox, tally
from storage.database import Database
from storage.migrate import upgrade
from tests.app.conftest import Run, records
from tests.factories import follow
from tests.sending import broadcast

NOW = datetime.now(UTC)
CHATS = (4_000_000_001, 4_000_000_002, 4_000_000_003)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with three messages: one set aside, one of them sent, one to be sent."""
    url = f"sqlite:///{tmp_path / 'data' / 'topicwire.db'}"
    (tmp_path / "data").mkdir()
    asyncio.run(fill(url))
    return url


async def fill(url: str) -> None:
    db = Database(url)
    await upgrade(db)
    for chat_id in CHATS:
        await follow(db, chat_id, now=NOW)
    await broadcast(db, "Smugglers convicted", now=NOW)
    async with db.write() as tx:
        one, two, _ = await outbox.claim(tx, owner="me", now=NOW, limit=3)
        await outbox.settle_failed(tx, one, reason="message is too long", now=NOW)
        await outbox.settle_sent(tx, two, message_id=1, now=NOW)
        counted = {(names.MESSAGES, "push/sent"): 1.0, (names.MESSAGES, "push/poison"): 2.0}
        await tally.add(tx, counted, now=NOW)
        await tally.add(tx, {(names.DELAYS, "5"): 9, (names.DELAYS, "inf"): 1}, now=NOW)
        await tally.put(tx, {(names.ALLOWED, ""): 30, (names.RATE, ""): 0}, now=NOW)
    await db.dispose()


def note(url: str, *, sender: bool, outage: bool) -> None:
    """Let a process have the sender's role, or not; and Telegram be out of reach, or not."""

    async def write() -> None:
        db, now = Database(url), datetime.now(UTC)
        async with db.write() as tx:
            if sender:
                await leases.acquire(tx, leases.SENDER, "me", now=now, ttl=timedelta(hours=1))
            state = {(names.OUTAGE, ""): float(outage), (names.USED, ""): 15.0}
            await tally.put(tx, state, now=now)
        await db.dispose()

    asyncio.run(write())


async def settle_the_rest(url: str) -> None:
    db = Database(url)
    await asyncio.sleep(0.8)
    async with db.write() as tx:
        await outbox.chat_gone(tx, CHATS[2], "bot was blocked by the user", NOW)
    await db.dispose()


def test_the_figures(run: Run, store: str) -> None:
    assert "1 left, and nobody sends" in run("deliveries")[2]
    note(store, sender=True, outage=True)
    assert "1 left, to be sent when Telegram can be reached again" in run("deliveries")[2]
    note(store, sender=True, outage=False)
    code, out, err = run("deliveries")
    assert code == 0
    assert "push: set aside, message is too long" in out
    assert "1 left at 30/s: until " in err
    found = {each["what"]: each["count"] for each in records(
        run("deliveries", "--format", "jsonl")[1])}  # fmt: skip
    assert found["push: claimed"] + found["push: due"] == 1
    assert found["push: sent"] == 1
    assert found["push: refused, as it is"] == 2
    assert found["messages a second, allowed"] == 30
    assert found["push: 50 % came within, seconds"] == 5
    assert found["push: 99 % came within, seconds"] is None, "it took longer than any step"
    assert found["of the allowed rate in use, %"] == 50


def test_what_was_set_aside_is_listed_and_sent_again(run: Run, store: str) -> None:
    (listed,) = records(run("deliveries", "--failed", "--format", "jsonl")[1])
    assert listed["reason"] == "message is too long"
    assert "400000000" not in str(listed)
    assert listed["id"] in run("deliveries", "--failed")[1]
    code, _, err = run("deliveries", "--retry", listed["id"])
    assert (code, err) == (0, "1 messages are on their way again\n")
    assert run("deliveries", "--failed", "--format", "jsonl")[1] == ""
    assert run("deliveries", "--retry", "all")[2] == "0 messages are on their way again\n"


def test_an_id_that_is_none(run: Run, store: str) -> None:
    code, _, err = run("deliveries", "--retry", "17")
    assert (code, err) == (1, "topicwire: '17' is no id of a message: they look like push-17\n")


@pytest.mark.parametrize("format_", ["table", "jsonl"])
def test_watching_ends_when_nothing_is_left(run: Run, store: str, format_: str) -> None:
    rest = threading.Thread(target=lambda: asyncio.run(settle_the_rest(store)))
    rest.start()
    code, out, err = run("deliveries", "--watch", "--format", format_)
    rest.join()
    assert code == 0
    if format_ == "jsonl":
        lines = records(out)
        assert lines[-1]["push: due"] + lines[-1]["push: claimed"] == 0
        assert len(lines) > 1
    else:
        assert out == ""
        assert "all that was due is sent" in err


def test_an_empty_store_has_nothing_due(run: Run) -> None:
    assert run("deliveries")[0] == 0
    assert run("deliveries", "--watch")[0] == 0
