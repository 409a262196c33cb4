"""Header sets, and the middleware that makes HEAD work wherever GET does."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feeds.web.assets import STYLE_HASH

CONTENT_POLICY = (
    f"default-src 'none'; style-src '{STYLE_HASH}'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

OPEN_TO_ALL = (
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
)
"""For feeds and the API: any page may read them."""

PAGE = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
"""For pages: nothing from elsewhere, no scripts, and no word to others on where a reader was."""


def as_text(headers: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    """Return headers as Starlette's responses take them."""
    return {name.decode(): value.decode() for name, value in headers}


class HeadAsGet:
    """ASGI middleware that answers HEAD as GET without the body (RFC 9110, section 9.3.2)."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, as a GET if it is a HEAD."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)
