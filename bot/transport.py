"""PTB's request interface over aiohttp: the same calls for a sixth of httpx's processor time."""

import asyncio
import json
from io import BytesIO
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.errors import LostAnswerError, NotSentError


class AiohttpRequest(BaseRequest):
    """Sends Bot API requests; all times are seconds, and None waits without end.

    Raises `NotSentError` when no connection could be had in time, `TimedOut` when the answer did
    not come and `LostAnswerError` when the connection broke (the request may have arrived), and
    `NetworkError` for everything else. The address holds the token, so no text and no cause of
    the HTTP library's errors is passed on.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        connect_timeout: float | None = 5.0,
        write_timeout: float | None = 10.0,
        read_timeout: float | None = 10.0,
        pool_timeout: float | None = 5.0,
    ):
        self._connect_timeout = connect_timeout
        self._write_timeout = write_timeout
        self._read_timeout = read_timeout
        self._pool_timeout = pool_timeout
        self._free = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where the call names no other time."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the connection pool; may be called again after `shutdown`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # The semaphore bounds connections, so that waiting for one can be told apart.
                connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the answer's status and body."""
        connect = _seconds(connect_timeout, self._connect_timeout)
        write = _seconds(write_timeout, self._write_timeout)
        read = _seconds(read_timeout, self._read_timeout)
        spans = (connect, write, read)
        whole = None if None in spans else sum(span or 0.0 for span in spans)
        times = aiohttp.ClientTimeout(total=whole, sock_connect=connect, sock_read=read)
        try:
            async with asyncio.timeout(_seconds(pool_timeout, self._pool_timeout)):
                await self._free.acquire()
        except TimeoutError:
            raise NotSentError("Pool timeout: no connection was free") from None
        try:
            return await self._exchange(url, method, request_data, times)
        finally:
            self._free.release()

    async def _exchange(
        self, url: str, method: str, request_data: RequestData | None, times: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the transport is not initialised")
        try:
            async with self._session.request(
                method,
                URL(url, encoded=True),
                timeout=times,
                allow_redirects=False,
                **_body(request_data),
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ConnectionTimeoutError:
            raise NotSentError("Connect timeout") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NetworkError(f"no connection: {type(error).__name__}") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise LostAnswerError(f"no answer: {type(error).__name__}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Return the answer as a dictionary; raises `NetworkError`, without logging the answer."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("the answer is not a JSON object")
        return answer


def _seconds(given: object, default: float | None) -> float | None:
    """Return the time given with a call, or the default where the call gave none."""
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else default


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """Return JSON for plain parameters, and a multipart form where a file is among them."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {
            "data": request_data.json_payload,
            "headers": {"Content-Type": "application/json"},
        }
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return {"data": form}
