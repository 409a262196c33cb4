import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.errors import LostAnswerError, NotSentError
from bot.transport import AiohttpRequest

TOKEN = "42:very-secret"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """A web server on loopback that answers as each test says."""

    url: str
    handler: Handler

    async def handle(self, request: web.Request) -> web.StreamResponse:
        return await self.handler(request)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    yield server
    await runner.cleanup()


def ok(result: object = True) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def bot(server_url: str, request: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{server_url}/bot", request=request)


async def test_parameters_arrive_as_json(server: Server) -> None:
    seen: dict[str, object] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(await request.json(), path=request.path)
        return ok()

    server.handler = handler
    async with AiohttpRequest() as request:
        await bot(server.url, request).send_chat_action(-10012345678901, "typing")
    assert seen == {
        "path": f"/bot{TOKEN}/sendChatAction",
        "chat_id": "-10012345678901",
        "action": "typing",
    }


async def test_a_file_arrives_as_multipart(server: Server) -> None:
    seen = {}

    async def handler(request: web.Request) -> web.Response:
        form = await request.post()
        part = next(value for value in form.values() if isinstance(value, web.FileField))
        seen[part.filename] = part.file.read()
        return ok()

    server.handler = handler
    async with AiohttpRequest() as request:
        await bot(server.url, request).set_chat_photo(-5, InputFile(b"\x89PNG", "a.png"))
    assert seen == {"a.png": b"\x89PNG"}


async def test_errors_of_the_api_become_ptbs(server: Server) -> None:
    answers = iter(
        [
            web.json_response({"ok": False, "description": "Bad Request: odd"}, status=400),
            web.json_response(
                {"ok": False, "description": "Too Many", "parameters": {"retry_after": 7}},
                status=429,
            ),
            web.Response(status=502, text="<html>bad gateway</html>"),
            web.Response(status=200, text="not json"),
            web.Response(status=200, text="[1]"),
        ]
    )

    async def handler(_: web.Request) -> web.Response:
        return next(answers)

    server.handler = handler
    async with AiohttpRequest() as request:
        for error in (BadRequest, RetryAfter, NetworkError, NetworkError, NetworkError):
            with pytest.raises(error) as caught:
                await bot(server.url, request).send_chat_action(5, "typing")
            assert type(caught.value) is error


async def test_no_answer_in_time_is_ambiguous(server: Server) -> None:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return ok()

    server.handler = handler
    async with AiohttpRequest(read_timeout=0.1) as request:
        with pytest.raises(TimedOut) as caught:
            await bot(server.url, request).send_chat_action(5, "typing")
        assert not isinstance(caught.value, NotSentError)
        start = time.monotonic()
        with pytest.raises(TimedOut):
            await bot(server.url, request).send_chat_action(5, "typing", read_timeout=0.4)
        assert time.monotonic() - start > 0.3


async def test_waiting_for_a_connection_in_vain_says_that_nothing_was_sent(
    server: Server,
) -> None:
    arrived = 0
    go = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        nonlocal arrived
        arrived += 1
        await go.wait()
        return ok()

    server.handler = handler
    async with AiohttpRequest(connections=1, pool_timeout=0.1) as request:
        first = asyncio.create_task(bot(server.url, request).send_chat_action(5, "typing"))
        await asyncio.sleep(0.05)
        with pytest.raises(NotSentError):
            await bot(server.url, request).send_chat_action(6, "typing")
        go.set()
        assert await first
        await bot(server.url, request).send_chat_action(7, "typing", pool_timeout=None)
    assert arrived == 2


async def test_a_connect_timeout_says_that_nothing_was_sent() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        filler = [socket.socket() for _ in range(4)]
        for one in filler:
            one.setblocking(False)
            one.connect_ex(address)
        async with AiohttpRequest(connect_timeout=0.2) as request:
            with pytest.raises(NotSentError):
                await bot(f"http://127.0.0.1:{address[1]}", request).get_me()
        for one in filler:
            one.close()


async def test_a_broken_connection_may_have_lost_the_answer(server: Server) -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return ok()

    server.handler = handler
    async with AiohttpRequest() as request:
        with pytest.raises(LostAnswerError):
            await bot(server.url, request).send_chat_action(5, "typing")


async def test_a_refused_connection_is_a_network_error() -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError) as caught:
            await bot("http://127.0.0.1:1", request).get_me()
    assert type(caught.value) is NetworkError


async def test_no_error_and_no_log_line_shows_the_token(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return ok()

    server.handler = slow
    caplog.set_level(logging.DEBUG)
    errors: list[BaseException] = []
    async with AiohttpRequest(read_timeout=0.05, connect_timeout=0.2) as request:
        for url in (server.url, "http://127.0.0.1:1", "http://no such host", "nonsense://x"):
            with pytest.raises(TelegramError) as caught:
                await request.post(f"{url}/bot{TOKEN}/getMe")
            errors.append(caught.value)
    for error in errors:
        assert TOKEN not in repr(error)
        assert error.__cause__ is None
        assert error.__suppress_context__
    assert TOKEN not in caplog.text


async def test_it_must_be_opened_and_can_be_opened_again(server: Server) -> None:
    async def handler(_: web.Request) -> web.Response:
        return ok()

    server.handler = handler
    request = AiohttpRequest(write_timeout=None)
    with pytest.raises(NetworkError):
        await request.post(server.url)
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert await request.post(server.url) is True
        await request.shutdown()
        await request.shutdown()
    assert request.read_timeout == 10
