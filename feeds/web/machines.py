"""Answers for machines that watch the service, and the page that lists the API's operations."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from feeds.web.headers import PAGE, as_text
from feeds.web.limits import BURST, PER_SECOND
from feeds.web.metrics import CONTENT_TYPE, exposition
from feeds.web.problems import PROBLEMS
from feeds.web.services import WebServices
from feeds.web.templates import Render
from storage import outbox

_NOT_KEPT = {"Cache-Control": "no-store"}


class Machines:
    """Answers whether the process lives, whether it can do its work, and how much it does."""

    def __init__(self, services: WebServices, render: Render, answered: Mapping[str, int]):
        self._services = services
        self._render = render
        self._answered = answered

    def routes(self) -> list[Route]:
        """Return these routes."""
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
            Route("/api/docs", self.api_docs),
        ]

    async def alive(self, _request: Request) -> Response:
        """Answer that the process answers."""
        return JSONResponse({"status": "ok"}, headers=_NOT_KEPT)

    async def ready(self, _request: Request) -> Response:
        """Answer whether the service does its work: 200, or 503 with the reason."""
        trouble = self._services.ready()
        if trouble:
            return JSONResponse({"status": "not ready", "detail": trouble}, 503, _NOT_KEPT)
        return JSONResponse({"status": "ready"}, headers=_NOT_KEPT)

    async def metrics(self, _request: Request) -> Response:
        """Answer with figures for Prometheus."""
        async with self._services.db.read() as tx:
            figures = await outbox.figures(tx, now=self._services.clock())
        body = exposition(figures, self._answered, self._services.documents.size)
        return Response(body, headers={**_NOT_KEPT, "Content-Type": CONTENT_TYPE})

    async def api_docs(self, request: Request) -> Response:
        """Show the API's operations, with nothing loaded from elsewhere."""
        page = self._render(
            "api_docs.html",
            schema=request.app.openapi(),
            problems=PROBLEMS.values(),
            per_second=round(PER_SECOND),
            burst=round(BURST),
        )
        return HTMLResponse(page, headers=as_text(PAGE))
