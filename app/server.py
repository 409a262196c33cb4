"""An HTTP server inside the running event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn

from domain.errors import SettingsError

GRACE = 3
"""Seconds that open requests get to end when the server stops."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the service, which stops its parts in order."""
        yield


@asynccontextmanager
async def serving(app: Any, host: str, port: int) -> AsyncIterator[int]:
    """Serve an ASGI application while the context is open; yields the port that it listens on.

    Port 0 takes a free one. Raises `SettingsError` where the address cannot be had.
    """
    listener = listen(host, port)
    config = uvicorn.Config(
        app,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        proxy_headers=False,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises `SettingsError` where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Naming the protocol lets asyncio switch Nagle's algorithm off; with it answers wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"TOPICWIRE_HTTP_PORT: {host}:{port} cannot be used: {error.strerror}"
        ) from None
    listener.listen(2048)  # from here on the system queues connections until they are served
    listener.settimeout(0)
    return listener
