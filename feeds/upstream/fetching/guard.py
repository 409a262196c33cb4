"""Connections to public addresses only.

The address is checked where the socket is made, after the name was looked up: a name that leads to
an inner address, at the second look-up too, gets no connection. Names are looked up in threads of
our own, as those that hang must not keep the event loop's from other work.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from aiohttp import AddrInfoType, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from domain.sources.addresses import is_public

_LOOKUPS = 8
_NAMES_KEPT = 300
"""Seconds for which a name's addresses are remembered."""


class InnerAddressError(OSError):
    """The address is none of the public internet."""


class Resolver(AbstractResolver):
    """Looks names up with the system's own means, a few at a time."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name; raises `OSError`."""
        look_up = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=family,
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for family, _, proto, _, address in found
        ]

    async def close(self) -> None:
        """Let go of what still waits to be looked up."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def make_connector(*, allow_private: bool, connections: int) -> TCPConnector:
    """Return a connector that refuses inner addresses, unless `allow_private`."""
    return TCPConnector(
        limit=connections,
        ttl_dns_cache=_NAMES_KEPT,
        resolver=Resolver(),
        socket_factory=open_socket if allow_private else public_socket,
        keepalive_timeout=5,
    )


def public_socket(to: AddrInfoType) -> socket.socket:
    """Return a socket for an address; raises `InnerAddressError` for one that is not public."""
    if not is_public(str(to[4][0])):
        raise InnerAddressError("not a public address")
    return open_socket(to)


def open_socket(to: AddrInfoType) -> socket.socket:
    """Return a socket for an address."""
    family, kind, protocol, _, _ = to
    return socket.socket(family=family, type=kind, proto=protocol)
