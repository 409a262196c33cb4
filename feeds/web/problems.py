"""What goes wrong, told so that a person knows what to do: a page, or JSON below /api."""

from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from domain.errors import NotFoundError, QueryError, StoreError, WithdrawnError
from feeds.web.headers import OPEN_TO_ALL, PAGE, as_text
from feeds.web.templates import Render


def handle_problems(app: FastAPI, render: Render) -> None:
    """Make `app` answer every error in words."""

    def answer(request: Request, status: int, detail: str, **headers: str) -> Response:
        headers |= {"Cache-Control": "no-store"}
        if request.scope["path"].startswith("/api/"):
            headers |= as_text(OPEN_TO_ALL)
            return JSONResponse({"detail": detail}, status, headers)
        page = render(
            "problem.html", heading=_HEADINGS.get(status, "That went wrong"), detail=detail
        )
        return HTMLResponse(page, status, headers | as_text(PAGE))

    @app.exception_handler(HTTPException)
    async def http_problem(request: Request, error: HTTPException) -> Response:
        status = error.status_code
        unsaid = error.detail == HTTPStatus(status).phrase
        detail = _SAYINGS.get(status, error.detail) if unsaid else error.detail
        return answer(request, status, detail, **(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def wrong_parameter(request: Request, error: RequestValidationError) -> Response:
        complaints = [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()]
        return answer(request, 422, "; ".join(complaints))

    @app.exception_handler(QueryError)
    async def wrong_query(request: Request, error: QueryError) -> Response:
        return answer(request, 400, f"The query cannot be read: {error}")

    @app.exception_handler(WithdrawnError)
    async def withdrawn(request: Request, error: WithdrawnError) -> Response:
        return answer(request, 410, str(error))

    @app.exception_handler(NotFoundError)
    async def not_found(request: Request, error: NotFoundError) -> Response:
        return answer(request, 404, str(error))

    @app.exception_handler(StoreError)
    async def no_store(request: Request, _error: StoreError) -> Response:
        return answer(request, 503, _SAYINGS[503], **{"Retry-After": "30"})

    @app.exception_handler(Exception)
    async def defect(request: Request, _error: Exception) -> Response:
        return answer(request, 500, _SAYINGS[500])


_HEADINGS = {
    400: "This cannot be read",
    404: "Not found",
    410: "No longer here",
    503: "Not available now",
}
_SAYINGS = {
    404: "There is nothing at this address.",
    405: "This address can only be read.",
    500: "Something went wrong here. It was noted; please try again later.",
    503: "The news cannot be read at the moment. Please try again in a minute.",
}
