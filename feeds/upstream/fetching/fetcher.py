"""One document from the web: conditional, bounded in time and bytes, redirects followed by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import aiohttp
from yarl import URL

from domain.errors import SourceError
from feeds.upstream.fetching.guard import make_connector
from feeds.upstream.fetching.headers import links, max_age, retry_after
from feeds.upstream.fetching.problems import of_exception, of_status
from feeds.upstream.formats.decode import MAX_BYTES

CONNECTIONS: Final = 40
SECONDS: Final = 20.0
"""All that a document may take, redirects included."""
_TIMES = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=10)
REDIRECTS = 5
_PERMANENT = (301, 308)
_TEMPORARY = (302, 303, 307)
_LARGE = 256_000
LARGE_AT_ONCE = 2
"""Only so many documents of more than `_LARGE` bytes are in memory at a time; the others wait."""
_CHUNK = 65_536
_LONGEST_FIELD = 32_768
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9,"
    " application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer. `body` is None where nothing has changed since the validators were given."""

    address: str
    """Where the document was found in the end."""
    body: bytes | None
    charset: str | None = None
    moved: str | None = None
    """Where the source has moved for good, if it has."""
    etag: str | None = None
    last_modified: str | None = None
    max_age: float = 0.0
    """In seconds."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the `Link` field by relation."""


class Fetcher:
    """Fetches documents over a session; see `fetching`."""

    def __init__(
        self, session: aiohttp.ClientSession, clock: Callable[[], datetime], seconds: float
    ):
        self._session = session
        self._clock = clock
        self._seconds = seconds
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    @asynccontextmanager
    async def get(
        self, address: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> AsyncIterator[Fetched]:
        """Yield what is at an address; let go of its bytes inside the context.

        Raises `SourceError`.
        """
        validators = {}
        if etag:
            validators["If-None-Match"] = etag
        if last_modified:
            validators["If-Modified-Since"] = last_modified
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._seconds) as limit:
                    fetched = await self._follow(address, validators, held, limit)
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
                raise of_exception(error) from None
            yield fetched

    async def post(self, address: str, form: Mapping[str, str]) -> None:
        """Send a form; raises `SourceError` where it is not taken. Redirects are not followed."""
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._session.post(address, data=form, allow_redirects=False) as answer,
            ):
                if not 200 <= answer.status < 300:
                    raise of_status(answer.status, None)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise of_exception(error) from None

    async def _follow(
        self,
        address: str,
        validators: dict[str, str],
        held: AsyncExitStack,
        limit: asyncio.Timeout,
    ) -> Fetched:
        url = URL(address)
        moved: str | None = None
        cookies = aiohttp.CookieJar()  # without theirs, some servers redirect in circles
        for _ in range(REDIRECTS + 1):
            if url.scheme not in {"http", "https"} or not url.host:
                raise SourceError("its address is no web address")
            async with self._session.get(
                url,
                headers=validators,
                cookies=cookies.filter_cookies(url),
                allow_redirects=False,
            ) as answer:
                cookies.update_cookies(answer.cookies, url)
                if answer.status in (*_PERMANENT, *_TEMPORARY):
                    target = answer.headers.get("Location", "")
                    if not target:
                        raise SourceError("it redirects to nowhere")
                    new = url.join(URL(target)).with_fragment(None)
                    # A move counts only as far as all that led to it was permanent too.
                    if answer.status in _PERMANENT and url in (URL(address), URL(moved or "")):
                        moved = str(new)
                    url = new
                    continue
                return await self._read(answer, str(url), moved, held, limit)
        raise SourceError("it redirects without end")

    async def _read(
        self,
        answer: aiohttp.ClientResponse,
        address: str,
        moved: str | None,
        held: AsyncExitStack,
        limit: asyncio.Timeout,
    ) -> Fetched:
        headers = answer.headers
        if answer.status not in (200, 203, 304):
            raise of_status(answer.status, retry_after(headers, self._clock()))
        is_same = answer.status == 304
        return Fetched(
            address=address,
            body=None if is_same else await self._body(answer, held, limit),
            charset=answer.charset,
            moved=moved,
            etag=headers.get("ETag"),
            last_modified=headers.get("Last-Modified"),
            max_age=max_age(headers),
            links=links(headers.getall("Link", []), address),
        )

    async def _body(
        self, answer: aiohttp.ClientResponse, held: AsyncExitStack, limit: asyncio.Timeout
    ) -> bytes:
        """Read an answer's bytes, decompressed; a large one waits for its turn."""
        body = bytearray()
        is_large = False
        async for chunk in answer.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > MAX_BYTES:
                raise SourceError(f"it is larger than {MAX_BYTES / 1e6:.0f} MB")
            if len(body) > _LARGE and not is_large:
                is_large = True
                with _stopped(limit):
                    await held.enter_async_context(self._large)
        return bytes(body)


@contextmanager
def _stopped(limit: asyncio.Timeout) -> Iterator[None]:
    """Let a time limit stand still while the context is open."""
    ends, began = limit.when(), asyncio.get_running_loop().time()
    limit.reschedule(None)
    yield
    if ends is not None:
        limit.reschedule(ends + asyncio.get_running_loop().time() - began)


@asynccontextmanager
async def fetching(
    *,
    contact: str,
    clock: Callable[[], datetime],
    allow_private: bool = False,
    connections: int = CONNECTIONS,
    seconds: float = SECONDS,
) -> AsyncIterator[Fetcher]:
    """Yield a fetcher that tells servers the address `contact`.

    With `allow_private`, inner addresses are fetched too. A document may take `seconds` in all.
    """
    async with aiohttp.ClientSession(
        connector=make_connector(allow_private=allow_private, connections=connections),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={
            "User-Agent": f"Topicwire/1 (+{contact})" if contact else "Topicwire/1",
            "Accept": ACCEPT,
        },
        timeout=_TIMES,
        max_line_size=_LONGEST_FIELD,
        max_field_size=_LONGEST_FIELD,
    ) as session:
        yield Fetcher(session, clock, seconds)
