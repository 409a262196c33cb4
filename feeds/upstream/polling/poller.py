"""Reads the sources that are due: elected through the store, a bounded number at once.

Whatever goes wrong with a source is noted at the source. What is being read when the process dies
is read again when its claim ends; what was taken in is known by then.
"""

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from domain.errors import SourceError, StoreError, TopicwireError
from domain.sources import Source, SourceState
from domain.sources.addresses import host_of
from domain.sources.rhythm import next_try
from feeds.upstream.fetching.fetcher import CONNECTIONS
from feeds.upstream.polling.hubs import subscribe
from feeds.upstream.polling.look import look
from feeds.upstream.polling.notes import Notes
from feeds.upstream.polling.notices import Notices
from feeds.upstream.polling.services import PollServices
from feeds.upstream.polling.take import take
from storage import leases, sources

ROLE = "poller"
TERM = timedelta(seconds=60)
CLAIM = timedelta(minutes=10)
"""More than reading a source can take."""
REPORTED_AFTER = 3
"""Failures in a row after which the operator is told; one failure is the web's weather."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of reading a source."""

    source: str
    new: int = 0
    changed: int = 0
    held: int = 0
    problem: str | None = None
    next_poll: datetime | None = None
    """None for a source that is gone for good, or paused."""


class Poller:
    """Reads sources: call `tick` often, and `close` at the end."""

    def __init__(
        self,
        services: PollServices,
        *,
        at_once: int = CONNECTIONS,
        owner: str | None = None,
    ):
        self._services = services
        self._at_once = at_once
        self._owner = owner or secrets.token_hex(8)
        self._elected_at: datetime | None = None
        self._reading: dict[asyncio.Task[Outcome], str] = {}
        self._round: asyncio.Task[None] | None = None
        self._pauses: dict[str, datetime] = {}
        self._notices = Notices(services.tell_operator)
        self._notes = Notes(services.db, services.clock)

    async def tick(self) -> None:
        """Begin to read what is due, if that is not going on already."""
        if self._round is not None and not self._round.done():
            return
        try:
            async with self._services.db.read() as tx:
                due = await sources.any_due(tx, self._services.clock())
            if due and await self._elected():
                self._round = asyncio.create_task(self._read_all())
        except StoreError as error:
            log.warning("the store cannot be used", error=type(error).__name__)

    async def finish(self) -> None:
        """Wait until nothing is due any more; for tests and benchmarks."""
        if self._round is not None:
            await self._round

    async def close(self) -> None:
        """Stop reading; what is half read is read again."""
        tasks = [*self._reading, *([self._round] if self._round else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._elected_at is not None:
            with suppress(StoreError):
                async with self._services.db.write() as tx:
                    await leases.release(tx, ROLE, self._owner)

    async def poll(self, names: Sequence[str]) -> list[Outcome]:
        """Read these sources now, or all that are on; raises `NotFoundError`."""
        async with self._services.db.write() as tx:
            claimed = await sources.claim_now(tx, names, now=self._services.clock(), lease=CLAIM)
        room = asyncio.Semaphore(self._at_once)
        hosts: dict[str, asyncio.Semaphore] = {"": room}

        async def one(source: Source) -> Outcome:
            host = hosts.setdefault(host_of(source.address), asyncio.Semaphore(1))
            async with host, room if host is not room else nullcontext():
                return await self.read(source)

        outcomes = await asyncio.gather(*map(one, claimed))
        await self._notices.flush()
        return outcomes

    async def read(self, source: Source) -> Outcome:
        """Read a claimed source, take in what it shows, and note how it went."""
        try:
            seen = await look(source, self._services.fetcher, self._services.pool)
            taken = await take(self._services, source, seen, self._notes)
            await subscribe(self._services, source, seen)
        except StoreError:
            raise
        except SourceError as error:
            return await self._failed(source, error)
        except TopicwireError as error:
            return await self._failed(source, SourceError(str(error)))
        except Exception as error:  # a defect of ours must not stop the others
            log.exception("a source broke its reader", source=source.name)
            words = f"reading it ran into a defect of Topicwire ({type(error).__name__})"
            return await self._failed(source, SourceError(words))
        if source.reported:
            self._notices.add(f"Source {source.name} can be read again.")
        if taken.held and source.last_success is not None:
            log.info("old items appeared", source=source.name, items=taken.held)
            self._notices.add(
                f"Source {source.name}: {taken.held} older items appeared at once; they are in the"
                " archive, and were not pushed."
            )
        return Outcome(
            source=source.name,
            new=taken.new,
            changed=taken.changed,
            held=taken.held,
            next_poll=None if source.state is SourceState.PAUSED else taken.next_poll,
        )

    async def _read_all(self) -> None:
        """Read until nothing is due."""
        while True:
            try:
                await self._claim()
            except StoreError as error:
                log.warning("the store cannot be used", error=type(error).__name__)
            if not self._reading:
                await self._notices.flush()
                return
            await asyncio.wait(self._reading, return_when=asyncio.FIRST_COMPLETED)

    async def _claim(self) -> None:
        """Begin to read more, when there is room for a good number of them."""
        room = self._at_once - len(self._reading)
        if room < self._at_once // 4 or not await self._elected():
            return
        now = self._services.clock()
        async with self._services.db.read() as tx:
            if not await sources.any_due(tx, now):
                return
        self._pauses = {host: until for host, until in self._pauses.items() if until > now}
        async with self._services.db.write() as tx:
            claimed = await sources.claim(
                tx,
                now=now,
                lease=CLAIM,
                limit=room,
                busy={*self._reading.values(), *self._pauses} - {""},
            )
        for source in claimed:
            task = asyncio.create_task(self.read(source))
            self._reading[task] = host_of(source.address)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Outcome]) -> None:
        self._reading.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("how a source went is not noted", error=type(error).__name__)

    async def _failed(self, source: Source, error: SourceError) -> Outcome:
        services = self._services
        now = services.clock()
        wait = timedelta(seconds=error.retry_after) if error.retry_after is not None else None
        due = None
        if not error.gone and source.state is not SourceState.PAUSED:
            due = next_try(
                now,
                services.base,
                source.failures + 1,
                retry_after=wait,
                jitter=services.jitter(),
            )
        if wait is not None and (host := host_of(source.address)):
            self._pauses[host] = now + min(wait, TERM)
        report = not source.reported and (error.gone or source.failures + 1 >= REPORTED_AFTER)
        reported = source.reported or report
        note = sources.Failure(problem=str(error), next_poll=due, reported=reported)
        await self._notes.add(source, note)
        log.info("a source cannot be read", source=source.name, why=str(error))
        if report:
            self._notices.add(
                f"Source {source.name} cannot be read: {error}."
                + (" It is not asked any more." if error.gone else "")
            )
        return Outcome(source=source.name, problem=str(error), next_poll=due)

    async def _elected(self) -> bool:
        """Keep the role, or try for it."""
        now = self._services.clock()
        if self._elected_at is not None and now - self._elected_at < TERM / 3:
            return True
        async with self._services.db.write() as tx:
            elected = await leases.acquire(tx, ROLE, self._owner, now=now, ttl=TERM)
        self._elected_at = now if elected else None
        return elected
