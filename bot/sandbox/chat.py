"""The demo's chat page and what it asks for.

Every visitor has a chat of their own. Its id is drawn at random by the browser and is the only key
to it. Changes come as JSON with that content type, which another site's page cannot send.
"""

from importlib.resources import files
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.formatting.message_text import MAX_TEXT
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Chat
from bot.sandbox.stream import stream

VISITORS = range(1 << 40, 1 << 52)
"""The chat ids that browsers draw from; all of them exist, so that a push finds its chat even
when the sandbox was started again."""

_PAGE = files("bot.sandbox.page")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def create_chat(sandbox: Sandbox) -> Starlette:
    """Return the chat page's application, to be mounted under a path that ends without a slash."""
    sandbox.add_chats(VISITORS)
    page = _Page(sandbox)
    return Starlette(
        routes=[
            Route("/", page.show),
            Route("/bot", page.bot),
            Route("/chats/{chat:int}/messages", page.send, methods=["POST"]),
            Route("/chats/{chat:int}/presses", page.press, methods=["POST"]),
            Route("/chats/{chat:int}/membership", page.membership, methods=["POST"]),
            Route("/chats/{chat:int}/events", page.events),
            Route("/chats/{chat:int}/files/{message:int}", page.file),
            Mount("/static", StaticFiles(packages=[("bot.sandbox", "page")])),
        ],
        exception_handlers={HTTPException: _refused},
    )


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for this class alone
    return JSONResponse({"detail": error.detail}, error.status_code, error.headers)


class _Page:
    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox
        self.html = (_PAGE / "index.html").read_bytes()

    async def show(self, _request: Request) -> Response:
        return Response(self.html, media_type="text/html", headers=_HEADERS)

    async def bot(self, request: Request) -> Response:
        """Tell the bot's name, description and command menu in the visitor's language."""
        profile = self.sandbox.profile
        language = request.query_params.get("language", "")[:2]
        return JSONResponse(
            {
                "name": self.sandbox.bot["first_name"],
                "description": profile.description(language),
                "commands": profile.commands_in(VISITORS.start, language),
            },
            headers={"Cache-Control": "no-store"},
        )

    async def send(self, request: Request) -> Response:
        """Send the visitor's text to the bot."""
        chat, body = self._chat(request), await _json(request)
        text = body.get("text")
        if not isinstance(text, str) or not 1 <= len(text.strip()) <= MAX_TEXT:
            raise HTTPException(400, f"text must have 1 to {MAX_TEXT} characters")
        if not chat.member:
            raise HTTPException(409, "the bot is stopped in this chat")
        language = body.get("language")
        if isinstance(language, str) and language[:2].isalpha():
            chat.language_code = language[:2].lower()
        message_id = self.sandbox.send_text(chat.id, text.strip())
        return JSONResponse({"id": message_id}, 201)

    async def press(self, request: Request) -> Response:
        """Press a button that the message has."""
        chat, body = self._chat(request), await _json(request)
        message_id, data = body.get("message_id"), body.get("data")
        message = chat.messages.get(message_id) if isinstance(message_id, int) else None
        rows = message.get("reply_markup", {}).get("inline_keyboard", []) if message else []
        known = {button.get("callback_data") for row in rows for button in row}
        if message is None or not isinstance(data, str) or data not in known:
            raise HTTPException(404, "the message has no such button")
        self.sandbox.press(chat.id, message["message_id"], data)
        return JSONResponse({}, 202)

    async def membership(self, request: Request) -> Response:
        """Stop the bot in this chat, or take it back."""
        chat, body = self._chat(request), await _json(request)
        if body.get("member"):
            self.sandbox.unblock(chat.id)
        else:
            self.sandbox.block(chat.id)
        return JSONResponse({"member": chat.member})

    async def events(self, request: Request) -> Response:
        """Stream what happens in the chat."""
        last = request.headers.get("last-event-id", "")
        return StreamingResponse(
            stream(self.sandbox, self._chat(request), last),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def file(self, request: Request) -> Response:
        """Give out a file that the bot sent, to be saved."""
        chat, message_id = self._chat(request), request.path_params["message"]
        content = chat.files.get(message_id)
        if content is None:
            raise HTTPException(404, "no such file")
        name = quote(chat.messages[message_id]["document"]["file_name"])
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return Response(content, media_type="application/octet-stream", headers=headers)

    def _chat(self, request: Request) -> Chat:
        chat_id = request.path_params["chat"]
        if chat_id not in VISITORS:
            raise HTTPException(404, "no such chat")
        return self.sandbox.add_chat(chat_id)


async def _json(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "send application/json")
    try:
        body = await request.json()
    except ValueError as error:
        raise HTTPException(400, "the body is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "the body must be an object")
    return body
