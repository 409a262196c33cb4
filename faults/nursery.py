"""Service processes that start at once, to be killed.

Importing the program takes longer than what is tested here. So one process imports it and then
forks: each child is the program as its command line starts it, from reading its settings on.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 60


class Child:
    """A running service."""

    def __init__(self, nursery: "Nursery", pid: int):
        self._nursery = nursery
        self.pid = pid

    async def end(self, number: signal.Signals) -> int:
        """Send a signal, wait for the end, and return the exit code, negative for a signal."""
        os.kill(self.pid, number)
        return await self.wait()

    async def wait(self) -> int:
        """Wait for the end, and return the exit code."""
        return await self._nursery.ask(f"wait {self.pid}")


class Nursery:
    """The process that forks."""

    def __init__(self, process: asyncio.subprocess.Process):
        self._process = process
        self._asking = asyncio.Lock()

    async def start(self, *arguments: str) -> Child:
        """Start `topicwire` with these arguments."""
        return Child(self, await self.ask(" ".join(("start", *arguments))))

    async def ask(self, question: str) -> int:
        """Send a line and return the number that answers it."""
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise RuntimeError("the nursery has no pipes")
        async with self._asking, asyncio.timeout(STOP_SECONDS):
            writer.write(f"{question}\n".encode())
            return int(await reader.readline())


@asynccontextmanager
async def nursery(log: Path, settings: Mapping[str, str], folder: Path) -> AsyncIterator[Nursery]:
    """Yield a nursery whose children have these settings; their logs go to a file.

    Children that still run at the end are killed.
    """
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TOPICWIRE")},
        **{f"TOPICWIRE_{name.upper()}": value for name, value in settings.items()},
        "PYTHONPATH": str(ROOT),
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
        yield Nursery(process)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


def main() -> None:
    """Fork and wait as told on stdin, one line each, and answer with numbers on stdout."""
    from app.cli import main as program
    from app.service import Service  # noqa: F401 - what the children have imported already
    from seeds.data import load_taxonomy, load_vocabulary

    load_taxonomy(None)
    load_vocabulary(None)
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


def _become(arguments: list[str]) -> None:
    """Leave the nursery's pipes to the nursery."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.argv = ["topicwire", *arguments]


if __name__ == "__main__":
    main()
