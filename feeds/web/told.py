"""Where hubs tell us that a source has changed (W3C Recommendation WebSub, sections 5 and 7)."""

import hashlib
import hmac
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from feeds.web.services import WebServices
from storage import hubs

PATH = "/websub/{token}"
LONGEST = timedelta(days=30)
"""However long a hub promises."""
_MAX_BYTES = 5_000_000
_METHODS = frozenset(("sha1", "sha256", "sha384", "sha512"))


class Told:
    """Answers hubs. Who does not know a token learns nothing."""

    def __init__(self, services: WebServices):
        self._services = services

    def routes(self) -> list[Route]:
        """Return the route that hubs call."""
        return [Route(PATH, self.asked), Route(PATH, self.told, methods=["POST"])]

    async def asked(self, request: Request) -> Response:
        """Confirm to a hub that we did ask for what it says."""
        token, said = request.path_params["token"], request.query_params
        async with self._services.db.read() as tx:
            known = await hubs.by_token(tx, token)
        if known is None or said.get("hub.topic") != known.topic:
            return PlainTextResponse("no such subscription", 404)
        until = None
        if said.get("hub.mode") == "subscribe":
            seconds = said.get("hub.lease_seconds", "")
            lease = timedelta(seconds=int(seconds[:9])) if seconds.isdecimal() else LONGEST
            until = self._services.clock() + min(lease, LONGEST)
        elif said.get("hub.mode") != "denied":
            return PlainTextResponse("not asked for", 404)
        async with self._services.db.write() as tx:
            await hubs.confirm(tx, token, until)
        return PlainTextResponse(said.get("hub.challenge", ""))

    async def told(self, request: Request) -> Response:
        """Let the source be read at once, if the message has the right signature."""
        async with self._services.db.read() as tx:
            known = await hubs.by_token(tx, request.path_params["token"])
        if known is None:
            return PlainTextResponse("no such subscription", 410)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MAX_BYTES:
                return PlainTextResponse("too large", 413)
        if _is_signed(bytes(body), request.headers.get("X-Hub-Signature", ""), known.secret):
            async with self._services.db.write() as tx:
                await hubs.changed(tx, known.source_id, self._services.clock())
        return Response(status_code=202)


def _is_signed(body: bytes, signature: str, secret: str) -> bool:
    method, _, given = signature.partition("=")
    if method not in _METHODS:
        return False
    wanted = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return hmac.compare_digest(wanted.encode(), given.lower().encode())
