"""The workers: started when there is something to read, killed when they hang or have no work."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from domain.errors import SourceError
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.markup import is_sanitised
from feeds.upstream.reading.wire import ANSWER, LENGTH, TASK, Task

SECONDS: Final = 6.0
"""For one document; most take a hundredth of that."""
STARTS: Final = 20.0
"""Seconds for a worker to start in."""
IDLE: Final = 60.0
"""Seconds after which a worker without work is ended, for its memory."""
WORKERS: Final = 1
_MODULE = "feeds.upstream.reading.worker"
_ROOT = Path(__file__).parents[3]
_LARGEST_ANSWER = 64_000_000
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


class ReadingPool:
    """Reads documents, `workers` at a time; open it as `async with pool.open()`."""

    def __init__(self, *, workers: int = WORKERS, seconds: float = SECONDS, idle: float = IDLE):
        self._seconds = seconds
        self._idle = idle
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._workers = [_Worker() for _ in range(workers)]
        for worker in self._workers:
            self._free.put_nowait(worker)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["ReadingPool"]:
        """End the workers when the context is left."""
        try:
            yield self
        finally:
            for worker in self._workers:
                await worker.end()

    async def read(self, task: Task, data: bytes) -> Document:
        """Return what a document holds.

        Raises `SourceError` for one that cannot be read, in time and with the memory that there is.
        """
        worker = await self._free.get()
        try:
            await worker.begin()
            async with asyncio.timeout(self._seconds):
                answer = ANSWER.validate_json(await worker.ask(TASK.dump_json(task), data))
        except TimeoutError:
            await worker.end()
            raise SourceError("it takes too long to read") from None
        except (OSError, asyncio.IncompleteReadError, ValueError):
            await worker.end()
            raise SourceError("its document broke the program that reads it") from None
        except asyncio.CancelledError:
            await worker.end()
            raise
        finally:
            worker.end_after(self._idle)
            self._free.put_nowait(worker)
        if answer.document is None:
            raise SourceError(answer.problem)
        return await asyncio.to_thread(_checked, answer.document)


def _checked(document: Document) -> Document:
    """Return a document without markup that is not sanitised, as the worker may be taken over."""
    drafts = (
        draft if draft.markup is None or is_sanitised(draft.markup) else replace(draft, markup=None)
        for draft in document.drafts
    )
    return replace(document, drafts=tuple(drafts))


class _Worker:
    """One process, or none yet."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._ending: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """See that the process runs."""
        if self._ending is not None:
            self._ending.cancel()
        if self._process is not None and self._process.returncode is None:
            return
        flags = ["-B"] if sys.dont_write_bytecode else []
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, *flags, "-m", _MODULE),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment | {"PYTHONPATH": str(_ROOT)},
            cwd=os.sep,
            start_new_session=True,
        )
        async with asyncio.timeout(STARTS):
            await self.ask(TASK.dump_json(Task(address="")), b" ")

    async def ask(self, task: bytes, data: bytes) -> bytes:
        """Send a task and return the answer."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise ConnectionError
        for part in (task, data):
            process.stdin.write(len(part).to_bytes(LENGTH))
            process.stdin.write(part)
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(LENGTH))
        if length > _LARGEST_ANSWER:
            raise ValueError(length)
        return await process.stdout.readexactly(length)

    async def end(self) -> None:
        """Kill the process."""
        if self._ending is not None:
            self._ending.cancel()
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    def end_after(self, seconds: float) -> None:
        """Let the process go if nobody needs it for so long."""
        if self._process is not None:
            self._ending = asyncio.get_running_loop().call_later(seconds, self._let_go)

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
