import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest

from bench.upstream import FAULTS, Request, Upstream, feed, serving
from domain.errors import SourceError
from feeds.upstream.fetching.fetcher import LARGE_AT_ONCE, Fetcher, fetching
from feeds.upstream.fetching.headers import links, max_age, retry_after
from feeds.upstream.fetching.problems import of_exception

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@asynccontextmanager
async def asking(*, allow_private: bool = True) -> AsyncIterator[tuple[Fetcher, str, Upstream]]:
    upstream = Upstream()
    async with (
        serving(upstream) as port,
        fetching(contact="", clock=lambda: NOW, allow_private=allow_private, seconds=2) as fetcher,
    ):
        yield fetcher, f"http://127.0.0.1:{port}", upstream


async def test_a_document_and_its_validators() -> None:
    async with asking() as (fetcher, root, _):
        async with fetcher.get(f"{root}/same/validators/7") as fetched:
            assert fetched.body == feed("v-7", 3)
            assert fetched.etag == '"7"'
        async with fetcher.get(f"{root}/same/validators/7", etag='"7"') as fetched:
            assert fetched.body is None


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433"]
)
async def test_inner_addresses_are_refused(host: str) -> None:
    async with asking(allow_private=False) as (fetcher, root, upstream):
        with pytest.raises(SourceError, match="public internet|not known|no web address"):
            async with fetcher.get(root.replace("127.0.0.1", host) + "/new/1"):
                pass
        assert upstream.asked == []


async def test_a_redirect_does_not_lead_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    async with asking(allow_private=False) as (fetcher, root, upstream):

        async def inward(request: Request) -> None:
            target = root.replace("127.0.0.1", "127.0.0.2")
            await request.answer(status="302 Found", headers=(f"Location: {target}/new/1",))

        monkeypatch.setitem(FAULTS, "inward", inward)
        monkeypatch.setattr(
            "feeds.upstream.fetching.guard.is_public", lambda address: address == "127.0.0.1"
        )
        with pytest.raises(SourceError, match="public internet"):
            async with fetcher.get(f"{root}/fail/inward/1"):
                pass
        assert upstream.asked == ["/fail/inward/1"]


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        ((301,), "/new/end"),
        ((308, 301), "/new/end"),
        ((302,), None),
        ((302, 301), None),
        ((301, 302), "/fail/step1/1"),
    ],
)
async def test_only_permanent_moves_are_taken_over(
    steps: tuple[int, ...], moved: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, status in enumerate(steps):
        last = number == len(steps) - 1
        target = "/new/end" if last else f"/fail/step{number + 1}/1"

        async def redirect(request: Request, status: int = status, target: str = target) -> None:
            await request.answer(status=f"{status} Moved", headers=(f"Location: {target}",))

        monkeypatch.setitem(FAULTS, f"step{number}", redirect)
    async with asking() as (fetcher, root, _), fetcher.get(f"{root}/fail/step0/1") as fetched:
        assert fetched.address == f"{root}/new/end"
        assert fetched.moved == (root + moved if moved else None)


async def test_a_cookie_is_brought_along_redirects_and_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brought = []

    async def gate(request: Request) -> None:
        brought.append(request.headers.get("cookie"))
        if brought[-1] is None:
            headers = (f"Location: {request.path}", "Set-Cookie: seen=1; Path=/")
            await request.answer(status="302 Found", headers=headers)
        else:
            await request.answer(feed("gate", 1))

    monkeypatch.setitem(FAULTS, "gate", gate)
    async with asking() as (fetcher, root, _):
        for _ in range(2):
            async with fetcher.get(f"{root.replace('127.0.0.1', 'localhost')}/fail/gate/1") as at:
                assert at.body == feed("gate", 1)
    assert brought == [None, "seen=1"] * 2


async def test_large_documents_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    async def large(request: Request) -> None:
        await request.answer(b" " * 300_000)

    monkeypatch.setitem(FAULTS, "large", large)
    held = most = 0

    async def one(fetcher: Fetcher, root: str) -> None:
        nonlocal held, most
        async with fetcher.get(f"{root}/fail/large/1"):
            held += 1
            most = max(most, held)
            await asyncio.sleep(0.75)
            held -= 1

    async with asking() as (fetcher, root, _):
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(one(fetcher, root) for _ in range(8)))
        took = asyncio.get_running_loop().time() - began
    assert most == LARGE_AT_ONCE
    assert took > 2  # of the last ones, which were given two seconds, waiting left out


@pytest.mark.parametrize("address", ["ftp://x.example/", "http://", "nothing", "http://[x"])
async def test_no_web_address(address: str) -> None:
    async with asking() as (fetcher, _, _):
        with pytest.raises(SourceError, match="no web address"):
            async with fetcher.get(address):
                pass


async def test_an_unknown_host_and_a_closed_port_are_told_in_words() -> None:
    async with asking() as (fetcher, _, _):
        with pytest.raises(SourceError, match="not known|too long"):
            async with fetcher.get("http://nobody.invalid/"):
                pass
        with pytest.raises(SourceError, match="refuses connections"):
            async with fetcher.get("http://127.0.0.1:9/"):
                pass


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ssl.SSLCertVerificationError(), "its certificate is not valid"),
        (aiohttp.ServerTimeoutError(), "it takes too long to answer"),
        (aiohttp.ServerDisconnectedError(), "its server hangs up"),
        (OSError("10.0.0.1 is secret"), "its server cannot be reached"),
        (aiohttp.InvalidURL("http://secret"), "its address is no web address"),
    ],
)
def test_problems_are_told_without_addresses(error: Exception, words: str) -> None:
    assert str(of_exception(error)) == words


@pytest.mark.parametrize(
    ("value", "age", "seconds"),
    [
        ("max-age=600", "", 600),
        ('public, MAX-AGE="600"', "200", 400),
        ("max-age=10", "200", 0),
        ("s-maxage=5", "", 0),
        ("no-cache", "", 0),
        ("", "x", 0),
    ],
)
def test_max_age(value: str, age: str, seconds: float) -> None:
    assert max_age({"Cache-Control": value, "Age": age}) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Wed, 01 May 2024 12:10:00 GMT", 600),
        ("Wed, 01 May 2024 11:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == seconds


def test_links() -> None:
    fields = ['<https://hub.example/>; rel="hub", </feed>; rel=self; type="x"', "<x>; rel='no"]
    found = links(fields, "https://x.example/a")
    assert (found["hub"], found["self"]) == ("https://hub.example/", "https://x.example/feed")
