"""Service processes that start at once, to be killed.

Importing the program takes longer than what is tested here. So one process imports it and then
forks: each child is the program as its command line starts it, from reading its settings on.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Container, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 60
CLOCK = "FAULTS_CLOCK"
LAST_LINES = 20


class Child:
    """A running service."""

    def __init__(self, nursery: "Nursery", pid: int):
        self._nursery = nursery
        self.pid = pid

    def catches(self, number: signal.Signals) -> bool:
        """Tell whether the process has a handler for a signal; False where that is not known."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return False
        mask = next(line for line in status.splitlines() if line.startswith("SigCgt:")).split()[1]
        return bool(int(mask, 16) >> (number - 1) & 1)

    async def end(self, number: signal.Signals, expected: Container[int] = (0,)) -> None:
        """Send a signal and wait for the end.

        Raises `RuntimeError`, with the last lines of the log, where the exit code (negative for a
        signal) is none that is expected.
        """
        os.kill(self.pid, number)
        await self.succeed(expected)

    async def succeed(self, expected: Container[int] = (0,)) -> None:
        """Wait for the end, as `end` does."""
        code = await self._nursery.ask(f"wait {self.pid}")
        if code not in expected:
            words = self._nursery.last_words()
            raise RuntimeError(f"a process ended with {code}, unexpectedly:\n{words}")


class Nursery:
    """The process that forks."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path):
        self._process = process
        self._log = log
        self._asking = asyncio.Lock()

    async def start(self, *arguments: str) -> Child:
        """Start `topicwire` with these arguments."""
        return Child(self, await self.ask(" ".join(("start", *arguments))))

    def last_words(self) -> str:
        """Return the end of what the children have logged."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-LAST_LINES:])

    async def ask(self, question: str) -> int:
        """Send a line and return the number that answers it."""
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise RuntimeError("the nursery has no pipes")
        async with self._asking, asyncio.timeout(STOP_SECONDS):
            writer.write(f"{question}\n".encode())
            return int(await reader.readline())


@asynccontextmanager
async def nursery(
    log: Path, settings: Mapping[str, str], folder: Path, clock: Path | None = None
) -> AsyncIterator[Nursery]:
    """Yield a nursery whose children have these settings; their logs go to a file.

    A file `clock` holds the seconds by which their clocks are ahead, and may change at any time.
    Children that still run at the end are killed.
    """
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TOPICWIRE")},
        **{f"TOPICWIRE_{name.upper()}": value for name, value in settings.items()},
        "PYTHONPATH": str(ROOT),
        CLOCK: str(clock or ""),
    }
    with log.open("ab") as sink:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "faults.nursery"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=sink,
            cwd=folder,
            env=environment,
        )
    try:
        yield Nursery(process, log)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


def main() -> None:
    """Fork and wait as told on stdin, one line each, and answer with numbers on stdout."""
    from app import service
    from app.cli import main as program
    from seeds.data import load_taxonomy, load_vocabulary

    load_taxonomy(None)
    load_vocabulary(None)
    if clock := os.environ[CLOCK]:
        service.utc_now = partial(shifted_now, Path(clock))
    children: set[int] = set()
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "start":
            pid = os.fork()
            if not pid:
                _become(arguments)
                program()
                sys.exit(0)
            children.add(pid)
            answer = pid
        else:
            pid = int(arguments[0])
            answer = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            children.discard(pid)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def shifted_now(clock: Path) -> datetime:
    """Return the time by a clock that is ahead by the seconds that a file holds."""
    return datetime.now(UTC) + timedelta(seconds=float(clock.read_text()))


def _become(arguments: list[str]) -> None:
    """Leave the nursery's pipes to the nursery."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.argv = ["topicwire", *arguments]


if __name__ == "__main__":
    main()
