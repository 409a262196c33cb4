"""The route that takes Telegram's updates, in place of polling."""

import hmac
import json

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.application import BotApplication, process_update
from domain.errors import InputError

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MAX_BYTES = 1_000_000


def add_webhook(web: FastAPI, application: BotApplication, secret: str) -> None:
    """Add `POST /telegram/webhook`; an update without the right secret token gets 403."""

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return JSONResponse({"detail": "wrong secret token"}, 403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BYTES:
                return JSONResponse({"detail": "too large for an update"}, 413)
        try:
            await process_update(application, json.loads(body))
        except (InputError, ValueError):
            return JSONResponse({"detail": "the body is not an update"}, 400)
        return Response(status_code=204)

    web.add_route(PATH, take, methods=["POST"], include_in_schema=False)
