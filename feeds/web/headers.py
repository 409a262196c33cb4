"""Header sets, redirects, and the methods that work wherever GET does: HEAD, and CORS' OPTIONS."""

from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feeds.web.assets import STYLE_SOURCES

CONTENT_POLICY = (
    f"default-src 'none'; style-src {STYLE_SOURCES}; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

OPEN_TO_ALL = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Retry-After"),
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


_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
"""For browsers that ask before a page's script makes a conditional request."""


def moved(address: str, status: int = 301) -> RedirectResponse:
    """Return a redirect to an address below this site's host, which any page may follow."""
    sent = {**as_text(OPEN_TO_ALL), "Cache-Control": "public, max-age=900"}
    return RedirectResponse(address, status, sent)


class AsGet:
    """ASGI middleware for what works wherever GET does.

    HEAD is answered as GET without the body (RFC 9110, section 9.3.2). What browsers ask before a
    request from elsewhere (CORS-preflight, in WHATWG's Fetch) is allowed; whether the answer can be
    read is decided by its own headers. Where a slash too many or too few is mended, the redirect
    names no host, as ours is not known behind a proxy, but the path `root` that one may take away.
    """

    def __init__(self, app: ASGIApp, root: str):
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, as a GET if it is a HEAD."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_mended(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 307:
                headers = MutableHeaders(raw=message["headers"])
                headers["location"] = self._root + _without_host(headers["location"])
            if is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        method = "GET" if is_head else scope["method"]
        # PostgreSQL refuses to look for a text with NUL, which is in nobody's address.
        path = scope["path"].replace("\0", "\ufffd")
        await self._app({**scope, "method": method, "path": path}, receive, send_mended)


def _without_host(address: str) -> str:
    return urlunsplit(("", "", *urlsplit(address)[2:]))
