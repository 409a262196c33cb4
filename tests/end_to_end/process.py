"""The real program in a process of its own, as a person would start it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from faults.waiting import until

PROGRAM = [sys.executable, "-c", "from app.cli import main; main()"]
ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class Topicwire:
    """One installation: a folder, settings, and processes that share them."""

    def __init__(self, data_dir: Path, **settings: str):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{key: value for key, value in os.environ.items() if "TOPICWIRE" not in key},
            "PYTHONPATH": str(ROOT),
            "TOPICWIRE_DATA_DIR": str(data_dir),
            "TOPICWIRE_HTTP_PORT": str(self.port),
            **{f"TOPICWIRE_{name.upper()}": value for name, value in settings.items()},
        }

    async def command(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command to its end: exit code, stdout, stderr."""
        process = await self._start(arguments)
        out, err = await process.communicate()
        return process.returncode or 0, out.decode(), err.decode()

    async def succeed(self, *arguments: str) -> str:
        """Run a command that must succeed, and return its stdout."""
        code, out, err = await self.command(*arguments)
        assert code == 0, err
        return out

    @asynccontextmanager
    async def serving(
        self, *arguments: str, has_web: bool = True
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """Start `run` or `demo`, wait until it is ready, and stop it by SIGTERM at the end."""
        process = await self._start(arguments)
        try:
            if has_web:
                await self._until_ready(process)
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.communicate(), 30)

    async def get(self, path: str) -> str:
        """Return the body of a page or feed that must answer 200."""
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as answer:
            assert answer.status == 200, path
            return await answer.text()

    async def tells(self, path: str, text: str, *, seconds: float = 15) -> None:
        """Wait until a page holds a text."""

        async def holds() -> bool:
            return text in await self.get(path)

        await until(holds, seconds)

    async def _start(self, arguments: tuple[str, ...]) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *PROGRAM,
            *arguments,
            env=self.environment,
            cwd=self.environment["TOPICWIRE_DATA_DIR"],
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as session:
            while process.returncode is None:
                try:
                    async with session.get(f"{self.address}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError((await process.communicate())[1].decode())


class Visitor:
    """A visitor of the demo's chat page, speaking to it as the page's script does."""

    def __init__(self, address: str, chat_id: int):
        self._chat = f"{address}/demo/chats/{chat_id}"

    async def say(self, text: str) -> None:
        """Send a text to the bot."""
        await self._post("messages", {"text": text})

    async def press(self, message_id: int, data: str) -> None:
        """Press a button."""
        await self._post("presses", {"message_id": message_id, "data": data})

    async def sees(self, text: str, *, seconds: float = 5) -> str:
        """Return the data of the first event, old or new, that holds the text."""
        async with (
            asyncio.timeout(seconds),
            aiohttp.ClientSession() as session,
            session.get(f"{self._chat}/events") as stream,
        ):
            async for line in stream.content:
                data = line.decode().removeprefix("data: ")
                if text in data:
                    return data
        raise AssertionError(f"never seen: {text}")

    async def _post(self, what: str, body: dict[str, object]) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self._chat}/{what}", json=body) as answer,
        ):
            assert answer.status < 300, await answer.text()


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
