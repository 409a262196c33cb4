"""Answers for machines that watch the service, and the page that lists the API's operations."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from feeds.web.headers import PAGE, as_text
from feeds.web.services import WebServices
from feeds.web.templates import Render

_NOT_KEPT = {"Cache-Control": "no-store"}


class Machines:
    """Answers whether the process lives and whether it can do its work."""

    def __init__(self, services: WebServices, render: Render):
        self._services = services
        self._render = render

    def routes(self) -> list[Route]:
        """Return these routes."""
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
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

    async def api_docs(self, request: Request) -> Response:
        """Show the API's operations, with nothing loaded from elsewhere."""
        page = self._render("api_docs.html", schema=request.app.openapi())
        return HTMLResponse(page, headers=as_text(PAGE))
