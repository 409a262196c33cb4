"""The Bot API over HTTP: `/bot<token>/<method>`, GET or POST, Telegram's envelope."""

import asyncio
import inspect
import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Broken, Drop, Refuse, Slow
from bot.sandbox.methods import METHODS
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import Upload, read_parameters

ABORT = "topicwire.abort"
"""ASGI extension of our own server: its `abort()` cuts the connection."""

MAX_BODY = 1 << 20
MAX_UPLOAD = (50 << 20) + MAX_BODY
"""The largest file that a bot may upload, and all that comes with it."""


def create_api(sandbox: Sandbox) -> Starlette:
    """Return the server's application. Nothing in it is meant for the open network."""
    endpoint = _BotApi(sandbox)
    return Starlette(
        routes=[Route("/bot{token}/{method}", endpoint, methods=["GET", "POST"])],
        exception_handlers={404: _not_found},
    )


async def _not_found(_request: Request, _error: Exception) -> Response:
    return _answer(ApiError(404, "Not Found").envelope(), 404)


class _BotApi:
    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        name = request.path_params["method"].lower()
        self.sandbox.under_way[name] += 1
        try:
            response = await self._respond(request, name)
        except ApiError as error:
            response = _answer(error.envelope(), error.code)
        finally:
            self.sandbox.under_way[name] -= 1
        if response is None:
            await _cut(scope, receive, send)
            return
        self.sandbox.calls[name, response.status_code] += 1
        await response(scope, receive, send)

    async def _respond(self, request: Request, name: str) -> Response | None:
        """Return the answer, or None when the connection is to be cut."""
        sandbox = self.sandbox
        if request.path_params["token"] != sandbox.token:
            raise ApiError(401, "Unauthorized")
        if name not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        arguments = Arguments(await _parameters(request))
        chat_id = arguments.whole("chat_id") or None
        fault = sandbox.faults.take(name, chat_id, arguments.text("text"))
        if sandbox.faults.latency:
            await asyncio.sleep(sandbox.faults.latency)
        match fault:
            case Refuse(error):
                return _answer(error.envelope(), error.code)
            case Broken(status):
                return PlainTextResponse("<html>Bad gateway</html>", status)
            case Drop(delivered=False):
                return None
        result = METHODS[name](sandbox, arguments)
        if inspect.isawaitable(result):
            result = await result
        match fault:
            case Drop():
                return None
            case Slow(seconds):
                await asyncio.sleep(seconds)
        return _answer({"ok": True, "result": result}, 200)


async def _parameters(request: Request) -> dict[str, Any]:
    body = bytearray()
    kind = request.headers.get("content-type", "")
    limit = MAX_UPLOAD if kind.lower().startswith("multipart/") else MAX_BODY
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ApiError(413, "Request Entity Too Large")
    values = read_parameters(request.scope["query_string"], kind, bytes(body))
    _check_strings(values)
    return values


def _check_strings(values: dict[str, Any]) -> None:
    for value in values.values():
        if isinstance(value, Upload):
            continue
        try:
            (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()
        except UnicodeEncodeError as error:
            raise bad_request("strings must be encoded in UTF-8") from error


def _answer(body: dict[str, Any], status: int) -> Response:
    encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(encoded, status, media_type="application/json")


async def _cut(scope: Scope, receive: Receive, send: Send) -> None:
    """End the connection without an answer; in a server that cannot, break the answer off."""
    extension = scope.get("extensions", {}).get(ABORT)
    if extension is None:
        headers = [(b"content-length", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        return
    extension["abort"]()
    while (await receive())["type"] != "http.disconnect":
        continue
