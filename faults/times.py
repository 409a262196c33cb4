"""Days with odd clocks: DST both ways, clocks set back and forward, a day down, two processes."""

import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox import UNLIMITED, Sandbox
from faults.installation import FIRST_CHAT, TITLE, Installation, answering, installed, items_of
from faults.nursery import Child, shifted_now
from faults.stores import publish
from faults.waiting import until
from storage import chats, subscriptions
from storage.outbox.schedules import anything_due

ZONES = (
    "Europe/Vienna",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kolkata",
)
SCHEDULES = ("daily 02:30", "daily 08:00")
"""One that DST takes away or doubles, in some of the zones, and one that it does not."""
STEP = timedelta(hours=6)
SPRING, AUTUMN = datetime(2027, 3, 26, 3, tzinfo=UTC), datetime(2027, 10, 29, 3, tzinfo=UTC)
LAST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run."""

    digests: int
    items: int
    lost: int
    repeated: int
    crowded: int
    """Local days on which a chat got more than one digest."""
    seconds: float

    @property
    def holds(self) -> bool:
        """Tell whether each item came once, in one digest a day."""
        return not (self.lost or self.repeated or self.crowded)


async def times(database: str, *, days: int) -> Run:
    """Go through so many days of spring and of autumn, in steps, with two processes at work."""
    followers = dict(enumerate(product(ZONES, SCHEDULES), FIRST_CHAT))
    sandbox = Sandbox(limits=UNLIMITED, history=10)
    for chat in followers:
        sandbox.add_chat(chat)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="topicwire-clock-") as home:
        clock = Path(home, "clock")
        _set(clock, SPRING - timedelta(days=1))
        async with (
            installed(database, sandbox, {}, rate=30, clock=clock) as place,
            answering(sandbox, place.api_port),
        ):
            await _subscribe(place, followers, shifted_now(clock))
            course = _Course(place, clock)
            await course.run(days)
    return _judge(sandbox, course, {chat: zone for chat, (zone, _) in followers.items()}, began)


def _judge(sandbox: Sandbox, course: "_Course", zones: dict[int, str], began: float) -> Run:
    got: Counter[tuple[int, int]] = Counter()
    by_day: Counter[tuple[int, date]] = Counter()
    for place, sent in enumerate(sandbox.sent):
        at = next(at for count, at in reversed(course.moments) if count <= place)
        by_day[sent.chat_id, at.astimezone(ZoneInfo(zones[sent.chat_id])).date()] += 1
        got.update((sent.chat_id, item) for item in items_of(sent.text))
    wanted = {(chat, item) for chat in zones for item in range(course.published)}
    return Run(
        len(sandbox.sent),
        course.published,
        len(wanted - got.keys()),
        sum(count - 1 for count in got.values()),
        sum(count > 1 for count in by_day.values()),
        time.monotonic() - began,
    )


class _Course:
    """Moves the clock, publishes, and lets the processes do what is due."""

    def __init__(self, place: Installation, clock: Path):
        self._place = place
        self._clock = clock
        self.published = 0
        self.moments: list[tuple[int, datetime]] = []
        """How many messages had been sent when the clock was set, and to what."""

    async def run(self, days: int) -> None:
        for season in (SPRING, AUTUMN):
            running = [await self._place.children.start("run") for _ in range(2)]
            await self._settle(season - timedelta(hours=1))
            for moment in _moments(season, days):
                await self._settle(moment)
                if moment.hour == season.hour:
                    await self._publish()
            end = season + timedelta(days=days)
            await self._settle(end - timedelta(hours=26))  # set back, with what that brings
            await self._publish()
            await self._settle(end)
            for child in running:
                await _stop(child)
            _set(self._clock, end + timedelta(hours=26))  # down for longer than a day
            running = [await self._place.children.start("run") for _ in range(2)]
            for later in (26, 38, 50):
                await self._settle(end + timedelta(hours=later))
            for child in running:
                await _stop(child)

    async def _publish(self) -> None:
        title = TITLE.format(number=self.published)
        await publish(self._place.db, title, now=shifted_now(self._clock))
        self.published += 1
        await until(self._is_quiet, LAST_SECONDS)

    async def _settle(self, moment: datetime) -> None:
        """Set the clock, and wait until nothing is due by it."""
        self.moments.append((len(self._place.sandbox.sent), moment))
        _set(self._clock, moment)
        await until(self._is_quiet, LAST_SECONDS)

    async def _is_quiet(self) -> bool:
        now = shifted_now(self._clock)
        async with self._place.db.read() as tx:
            if await anything_due(tx, now):
                return False
        figures = await self._place.figures(now)
        return not figures.fanouts and not figures.left


def _moments(start: datetime, days: int) -> Iterator[datetime]:
    moment = start
    while moment <= start + timedelta(days=days):
        yield moment
        moment += STEP


def _set(clock: Path, moment: datetime) -> None:
    ahead = (moment - datetime.now(UTC)).total_seconds()
    draft = clock.with_suffix(".new")
    draft.write_text(str(ahead))
    draft.replace(clock)


async def _subscribe(
    place: Installation, followers: dict[int, tuple[str, str]], now: datetime
) -> None:
    async with place.db.write() as tx:
        for chat, (zone, schedule) in followers.items():
            await chats.register(tx, chat, now=now, timezone=zone)
            await subscriptions.add(tx, chat, "", schedule, now=now)


async def _stop(child: Child) -> None:
    await child.end(signal.SIGTERM)
