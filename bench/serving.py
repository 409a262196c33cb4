"""A feed over HTTP, beside a bare ASGI application on the same server.

`python -m bench.serving URL` serves a store until stdin ends: it prints its port. Below `/bare/` is
the bare application, which sends the bytes and headers that it was given, or 304 where a request
names the entity tag.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.server import serving
from bench import report
from bench.made_up import LAST
from domain.links import Links
from feeds.web.app import create_app
from feeds.web.documents import Documents
from feeds.web.services import WebServices
from seeds.data import load_taxonomy, load_vocabulary
from storage import changes
from storage.database import Database

NOW = LAST + timedelta(days=1)
CLIENTS = 64
ROUNDS = 5
_SECONDS = 3
_FEED = "/feed.rss"
_OBSERVED_EACH = 0.5


def run(url: str) -> None:
    """Measure an unchanged feed, plain, packed and not modified, with 64 clients."""
    wrk = shutil.which("wrk")
    if wrk is None:
        report.line("over HTTP", "not measured: wrk is not installed")
        return
    with _server(url) as at:
        etag = _etag(at + _FEED)
        for name, header in (
            ("200", "Accept-Encoding: identity"),
            ("200, gzip", "Accept-Encoding: gzip"),
            ("304", f"If-None-Match: {etag}"),
        ):
            ours: list[tuple[float, float]] = []
            bare: list[tuple[float, float]] = []
            for _ in range(ROUNDS):
                bare.append(_load(wrk, f"{at}/bare{_FEED}", header))
                ours.append(_load(wrk, at + _FEED, header))
            rates = median(rate for rate, _ in ours), median(rate for rate, _ in bare)
            report.line(
                f"{name}: requests a second / a bare application's",
                f"{rates[0] / rates[1]:.2f}",
                f"({rates[0]:,.0f} against {rates[1]:,.0f})",
            )
            slowest = [median(late for _, late in one) * 1000 for one in (ours, bare)]
            report.line(
                f"{name}: p99 with {CLIENTS} clients",
                f"{slowest[0]:.2f} ms",
                f"({slowest[1]:.2f} ms)",
            )


def services_of(db: Database, documents: Documents) -> WebServices:
    """Return what the web application needs to serve a made-up store."""
    return WebServices(
        db=db,
        vocabulary=load_vocabulary(),
        taxonomy=load_taxonomy(),
        links=Links("https://news.example"),
        clock=lambda: NOW,
        title="Bench",
        documents=documents,
        follow_url=lambda _query: None,
        reasons=lambda _item: (),
        ready=lambda: None,
    )


def _load(wrk: str, address: str, header: str) -> tuple[float, float]:
    """Return how many requests a second are answered, and the 99th percentile in seconds."""
    command = [wrk, "-t1", f"-c{CLIENTS}", f"-d{_SECONDS}s", "--latency", "-H", header, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "Socket errors" in told or "Non-2xx or 3xx" in told:
        raise RuntimeError(told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", told)
    assert rate is not None
    assert late is not None
    return float(rate[1]), float(late[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[late[2]]


def _etag(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310
        return str(answer.headers["ETag"])


@contextmanager
def _server(url: str) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.serving", url]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        assert process.stdin is not None
        process.stdin.close()


class _Beside:
    """Our application, and the bare one for the same feed below `/bare/`."""

    def __init__(self, ours: ASGIApp, bare: ASGIApp):
        self._ours = ours
        self._bare = bare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._bare if scope["path"].startswith("/bare/") else self._ours
        await app(scope, receive, send)


def _bare(answers: dict[bytes, tuple[Message, Message]], etag: bytes) -> ASGIApp:
    """Return an application that does the least that an answer needs."""

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        asked = b"identity"
        for name, value in scope["headers"]:
            if name == b"if-none-match" and value == etag:
                asked = b"304"
            elif name == b"accept-encoding":
                asked = value
        start, body = answers[asked]
        await send(start)
        await send(body)

    return app


async def asked(app: ASGIApp, address: str, *headers: tuple[bytes, bytes]) -> list[Message]:
    """Return the messages that answer a GET request."""
    path, _, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"news.example"), *headers],
        "server": ("news.example", 80),
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, send)
    return messages


async def _serve(url: str) -> None:
    db = Database(url)
    documents = Documents(lambda: NOW)
    ours = create_app(services_of(db, documents))

    async def observe() -> None:
        version = None
        while True:
            async with db.read() as tx:
                news = await changes.since(tx, version)
            documents.observe(news)
            version = news.version
            await asyncio.sleep(_OBSERVED_EACH)

    observing = asyncio.create_task(observe())
    await asyncio.sleep(_OBSERVED_EACH)
    start, body = await asked(ours, _FEED)
    etag = dict(start["headers"])[b"etag"]
    encoded = (b"accept-encoding", b"gzip")
    packed = await asked(ours, _FEED, encoded)
    unmodified = await asked(ours, _FEED, (b"if-none-match", etag))
    answers = {
        b"identity": (start, body),
        b"gzip": (packed[0], packed[1]),
        b"304": (unmodified[0], unmodified[1]),
    }
    async with serving(_Beside(ours, _bare(answers, etag)), "127.0.0.1", 0) as port:
        print(port, flush=True)
        await asyncio.to_thread(sys.stdin.read)
    observing.cancel()
    await db.dispose()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
