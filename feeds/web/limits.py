"""How much of the store's time one reader gets.

Each address has a bucket of tokens. An answer that has to be made takes one; an answer that says
“nothing new” or “over there” gives it back, and a document in memory never comes here. So a reader
that asks as readers should is not limited, however many feeds it has.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from math import ceil

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PER_SECOND = 10.0
"""Tokens that come back."""
BURST = 200.0
"""Tokens in a full bucket."""
CLIENTS = 10_000
"""So many buckets are kept; those not used for longest are full again anyway."""

Networks = Sequence[IPv4Network | IPv6Network]
_CONDITIONS = frozenset((b"if-none-match", b"if-modified-since"))
_FORWARDED = b"x-forwarded-for"
_CHEAP = frozenset((301, 304))


class Buckets:
    """The tokens of each reader."""

    def __init__(self, clock: Callable[[], datetime]):
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def add(self, client: str, tokens: float) -> float:
        """Put tokens into a bucket, or with a number below 0 take some; returns what it has then.

        It never has more than `BURST`, nor owes more than that.
        """
        now = self._clock()
        level, since = self._kept.pop(client, (BURST, now))
        level = min(BURST, level + (now - since).total_seconds() * PER_SECOND)
        level = max(-BURST, min(BURST, level + tokens))
        self._kept[client] = (level, now)
        while len(self._kept) > CLIENTS:
            self._kept.popitem(last=False)
        return level


class Limited:
    """ASGI application that passes on what a reader has tokens for and refuses the rest.

    Raises an `HTTPException` with status 429 and Retry-After, for the application's handlers. A
    conditional request is let through even without tokens, since its answer may be a 304; if it
    was not, the reader owes the token.
    """

    def __init__(self, app: ASGIApp, buckets: Buckets, trusted: Networks):
        self._app = app
        self._buckets = buckets
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        client = client_of(scope, self._trusted) if scope["type"] == "http" else None
        if client is None:
            await self._app(scope, receive, send)
            return
        is_conditional = any(name in _CONDITIONS for name, _ in scope["headers"])
        level = self._buckets.add(client, -1)
        if level < (-BURST + 1 if is_conditional else 0):
            level = self._buckets.add(client, 1)
            wait = ceil((1 - level) / PER_SECOND)
            raise HTTPException(429, headers={"Retry-After": str(wait)})

        async def send_and_settle(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _CHEAP:
                self._buckets.add(client, 1)
            await send(message)

        await self._app(scope, receive, send_and_settle)


def client_of(scope: Scope, trusted: Networks) -> str | None:
    """Return whose bucket a request is charged to; None for one that is not limited.

    That is the peer's address, or what trusted proxies say of it: the last of X-Forwarded-For that
    is not one of them. A peer on this machine or a private network may be a proxy that nobody told
    us of, behind which all readers look like one, so it is not limited. Of an IPv6 address the
    network counts, since each of its hosts has more addresses than we have buckets.
    """
    peer = _address((scope.get("client") or ("",))[0])
    if peer is not None and _is_in(peer, trusted):
        for said in reversed(_forwarded(scope)):
            peer = _address(said)
            if peer is None or not _is_in(peer, trusted):
                break
    if peer is None or not peer.is_global:
        return None
    return str(peer if isinstance(peer, IPv4Address) else IPv6Network((peer, 64), strict=False))


def _forwarded(scope: Scope) -> list[str]:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == _FORWARDED]
    return [part.strip() for part in ",".join(values).split(",")]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_in(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)
