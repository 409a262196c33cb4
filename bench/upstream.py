"""A web server that behaves as upstream sources do, the worst included. No part of Topicwire.

`/new/N` shows a new item at each turn, `/same/…/N` never does, `/fail/WAY/N` fails in a way of
`FAULTS`. `python -m bench.upstream` serves until stdin ends: it prints its port, and takes a turn
for each line that it reads.
"""

import asyncio
import gzip
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import brotli

ITEMS = 3
FOREVER = 3600
_ENTRY = (
    "<item><title>Source {source} tells story {number}</title><guid>{source}-{number}</guid>"
    "<link>https://news.example/{source}/{number}</link>"
    "<description>&lt;p&gt;What source {source} has to tell of story {number}.&lt;/p&gt;"
    "</description></item>"
)


@dataclass(slots=True)
class Request:
    """What a client asked for, and where to answer."""

    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter

    async def answer(
        self, body: bytes = b"", *, status: str = "200 OK", headers: tuple[str, ...] = ()
    ) -> None:
        """Send a whole answer."""
        head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
        await self.send("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()


async def _loop(request: Request) -> None:
    await request.answer(status="302 Found", headers=(f"Location: {request.path}",))


Fault = Callable[[Request], Awaitable[None]]


def feed(source: str, count: int, *, note: str = "") -> bytes:
    """Return an RSS document of the items 1 to `count`, the newest first."""
    entries = "".join(_ENTRY.format(source=source, number=number) for number in range(count, 0, -1))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Source {source}</title>{note}'
        f"{entries}</channel></rss>"
    ).encode()


def _status(status: str, *headers: str) -> Fault:
    return lambda request: request.answer(status=status, headers=headers)


def _body(body: bytes, *headers: str) -> Fault:
    return lambda request: request.answer(body, headers=headers)


def _raw(data: bytes) -> Fault:
    return lambda request: request.send(data)


async def _hang(_request: Request) -> None:
    await asyncio.sleep(FOREVER)


async def _drip(request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while True:
        await request.send(b" ")
        await asyncio.sleep(0.5)


async def _endless(request: Request) -> None:
    await request.send(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while True:
        await request.send(b"<item/>" * 10_000)


_BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
FAULTS: dict[str, Fault] = {
    "not-found": _status("404 Not Found"),
    "refused": _status("403 Forbidden"),
    "trouble": _status("500 Internal Server Error"),
    "busy": _status("503 Service Unavailable", "Retry-After: 3600"),
    "too-often": _status("429 Too Many Requests", "Retry-After: 7200"),
    "gone": _status("410 Gone"),
    "loop": lambda request: request.answer(
        status="302 Found", headers=(f"Location: {request.path}",)
    ),
    "nowhere": _status("302 Found"),
    "file-address": _status("302 Found", "Location: file:///etc/passwd"),
    "hangs": _hang,
    "drips": _drip,
    "endless": _endless,
    "gzip-bomb": _body(gzip.compress(bytes(200_000_000), 9), "Content-Encoding: gzip"),
    "brotli-bomb": _body(brotli.compress(bytes(200_000_000), quality=1), "Content-Encoding: br"),
    "bad-gzip": _body(b"this is no gzip", "Content-Encoding: gzip"),
    "breaks-off": _raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss version='2.0'>"),
    "no-http": _raw(b"\x00\x01\x02 what is this\r\n\r\n"),
    "long-header": _raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"),
    "hangs-up": _raw(b""),
    "empty": _body(b""),
    "blank": _body(b" \n\n "),
    "a-page": _body(b"<!doctype html><html><body><p>Please log in</p></body></html>"),
    "rubbish": _body(bytes(range(256)) * 100),
    "no-feed": _body(b"<?xml version='1.0'?><books><book/></books>"),
    "broken-json": _body(b'{"version": "https://jsonfeed.org/version/1.1", "items": ['),
    "deep-json": _body(b'{"items":' + b"[" * 100_000),
    "xml-bomb": _body(
        f"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY l0 'lol'>{_BILLION}]>"
        "<rss version='2.0'><channel><title>&l9;</title></channel></rss>".encode()
    ),
    "inner-file": _body(
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        b"<rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"
    ),
    "nested": _body(b"<rss version='2.0'><channel>" + b"<a>" * 200_000),
}
"""By name; each must end as an error of the source alone."""


@dataclass(slots=True)
class Upstream:
    """The server's memory: how many turns were taken, and what was asked for."""

    turns: int = 0
    asked: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and hang up."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            fields = (line.partition(":") for line in head[1:] if line)
            headers = {name.lower(): value.strip() for name, _, value in fields}
            await self._answer(Request(head[0].split()[1], headers, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: Request) -> None:
        self.asked.append(request.path)
        _, behaviour, *rest = request.path.split("/")
        match behaviour, rest:
            case "new", [name]:
                await request.answer(feed(f"new-{name}", ITEMS + self.turns))
            case "same", ["validators", name]:
                tag = f'"{name}"'
                if request.headers.get("if-none-match") == tag:
                    await request.answer(status="304 Not Modified", headers=(f"ETag: {tag}",))
                else:
                    await request.answer(feed(f"v-{name}", ITEMS), headers=(f"ETag: {tag}",))
            case "same", ["bytes", name]:
                await request.answer(feed(f"b-{name}", ITEMS))
            case "same", ["items", name]:
                note = f"<lastBuildDate>turn {self.turns}</lastBuildDate>"
                await request.answer(feed(f"i-{name}", ITEMS, note=note))
            case "fail", [way, _]:
                await FAULTS[way](request)
            case _:
                await request.answer(status="404 Not Found")


@asynccontextmanager
async def serving(upstream: Upstream) -> AsyncIterator[int]:
    """Serve on loopback while the context is open; yields the port."""
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0, backlog=2048)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _main() -> None:
    upstream = Upstream()
    async with serving(upstream) as port:
        print(port, flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            upstream.turns += 1
            print(upstream.turns, flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
