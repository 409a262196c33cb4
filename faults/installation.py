"""The service as it is put together for a run: store, chats, Telegram's stand-in, processes."""

import re
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import Sandbox, create_api, serve_app
from faults.judge import Message
from faults.nursery import Nursery, nursery
from faults.stores import add_chats, store
from storage import outbox
from storage.database import Database

FIRST_CHAT = 10_000
TITLE = "Faultline {number:04d} reported"
_NUMBER = re.compile(r"Faultline (\d+)")


@dataclass(frozen=True, slots=True)
class Installation:
    """What a run works with."""

    sandbox: Sandbox
    db: Database
    url: str
    children: Nursery
    folder: Path
    api_port: int

    async def figures(self, now: datetime | None = None) -> outbox.Figures:
        """Return how the outbox is, now or at another time."""
        async with self.db.read() as tx:
            return await outbox.figures(tx, now=now or datetime.now(UTC))

    async def is_done(self) -> bool:
        """Tell whether nothing is to be sent any more, in doubt or not."""
        figures = await self.figures()
        waiting = sum(lane.due + lane.later + lane.claimed for lane in figures.lanes.values())
        return not figures.fanouts and not waiting


@asynccontextmanager
async def installed(
    database: str,
    sandbox: Sandbox,
    followers: Mapping[int, list[str]],
    *,
    rate: int,
    folder: Path | None = None,
    clock: Path | None = None,
) -> AsyncIterator[Installation]:
    """Yield an installation whose chats follow queries; nothing runs yet.

    `rate` is its MESSAGES_PER_SECOND. The store is in `folder` where that is given. All of it is
    gone afterwards. The sandbox answers at `api_port` only while `answering` is open.
    """
    for chat in followers:
        sandbox.add_chat(chat)
    with tempfile.TemporaryDirectory(prefix="topicwire-faults-") as home:
        place = folder or Path(home)
        async with answering(sandbox) as port:
            pass  # the port is free now, and ours
        async with store(database, place) as (url, db):
            await add_chats(db, followers)
            settings = {
                "data_dir": str(place),
                "database_url": url,
                "http_port": "0",
                "telegram_token": sandbox.token,
                "telegram_api_url": f"http://127.0.0.1:{port}",
                "messages_per_second": str(rate),
            }
            async with nursery(Path(home, "log"), settings, place, clock) as children:
                yield Installation(sandbox, db, url, children, place, port)
        sandbox.journal.close()


@asynccontextmanager
async def answering(sandbox: Sandbox, port: int = 0) -> AsyncIterator[int]:
    """Let the sandbox answer; afterwards connections are refused, as in an outage."""
    async with serve_app(create_api(sandbox), port) as url:
        yield int(url.rpartition(":")[2])
        sandbox.updates.release()


def item_of(text: str) -> int | None:
    """Return the number of the item that a message tells of."""
    match = _NUMBER.search(text)
    return int(match[1]) if match else None


def items_of(text: str) -> list[int]:
    """Return the numbers of all items that a digest tells of."""
    return [int(number) for number in _NUMBER.findall(text)]


def messages(sandbox: Sandbox) -> list[Message]:
    """Return what was sent, as (chat, item) in its order."""
    found = ((sent.chat_id, item_of(sent.text)) for sent in sandbox.sent)
    return [(chat, item) for chat, item in found if item is not None]
