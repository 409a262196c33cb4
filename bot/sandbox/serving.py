"""Running the sandbox's server on a loopback port, inside a loop that does other work too."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import ABORT, create_api

HOST = "127.0.0.1"
KEEP_ALIVE = 75
"""Seconds after which an idle connection is closed: much later than bots let go of it."""
GRACE_SECONDS = 2.0
"""How long requests under way may take when the server stops."""


@asynccontextmanager
async def serve(sandbox: Sandbox, port: int = 0) -> AsyncIterator[str]:
    """Serve the Bot API on loopback and give its root address; port 0 takes a free one.

    On the way out polls and streams end, the webhook stops and the server is gone. Raises OSError
    when the port is taken.
    """
    async with serve_app(create_api(sandbox), port) as url:
        try:
            yield url
        finally:
            await sandbox.close()


@asynccontextmanager
async def serve_app(application: Starlette, port: int = 0) -> AsyncIterator[str]:
    """Serve any application on loopback and give its root address, as `serve` does."""
    with _listen(port) as listener:
        config = uvicorn.Config(
            application,
            http=_Protocol,
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE,
        )
        server = _Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            while not server.started and not running.done():
                await asyncio.wait({running}, timeout=0.005)
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            if tasks := server.server_state.tasks:
                await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            server.should_exit = server.force_exit = True
            await running


def _listen(port: int) -> socket.socket:
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it on, every
    # answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


class _Server(uvicorn.Server):
    """Leaves the process's signals to the program around it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Protocol(HttpToolsProtocol):
    """Lets the application cut the connection, for faults."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {ABORT: {"abort": self.transport.abort}}
