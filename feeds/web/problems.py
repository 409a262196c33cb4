"""What goes wrong, told so that a person can mend it: a page, or JSON below /api (RFC 9457)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from domain.errors import GoneError, NotFoundError, QueryError, StoreError
from feeds.web.headers import OPEN_TO_ALL, PAGE, as_text
from feeds.web.site import Site
from feeds.web.templates import Render
from feeds.web.words import words_in

PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem."""

    name: str
    """The last part of its type's address."""
    status: int
    title: str
    meaning: str
    """What to do about it."""
    detail: str = ""
    """Said where nothing more is known."""


PROBLEMS = {
    problem.status: problem
    for problem in (
        Problem(
            "request",
            400,
            "The request cannot be read",
            "A query, a cursor or an address is not what it must be; detail says where.",
        ),
        Problem(
            "not-found",
            404,
            "Not found",
            "There is no such item or address.",
            "There is nothing at this address.",
        ),
        Problem(
            "method",
            405,
            "Not allowed",
            "Only GET and HEAD are answered.",
            "This address can only be read.",
        ),
        Problem("gone", 410, "Gone", "The item was withdrawn; detail says when."),
        Problem(
            "parameter",
            422,
            "A parameter is wrong",
            "errors says which, and what it must be.",
        ),
        Problem(
            "limit",
            429,
            "Too many requests",
            "Wait as long as Retry-After says.",
            "You ask for more than can be made for one reader. Please wait a little.",
        ),
        Problem(
            "defect",
            500,
            "Something went wrong",
            "A fault of ours, which was noted.",
            "Something went wrong here. It was noted; please try again later.",
        ),
        Problem(
            "unavailable",
            503,
            "Not available now",
            "The store cannot be read; try again after Retry-After.",
            "The news cannot be read at the moment. Please try again in a minute.",
        ),
    )
}
"""By status."""


def handle_problems(app: FastAPI, site: Site, render: Render) -> None:
    """Make `app` answer every error in words."""

    def answer(
        request: Request,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Response:
        sent = {**(headers or {}), **as_text(OPEN_TO_ALL), "Cache-Control": "no-store"}
        if request.scope["path"].startswith("/api/"):
            body = problem_json(site, status, detail) | more
            return JSONResponse(body, status, sent, media_type=PROBLEM_TYPE)
        lang = site.tongue(request).lang
        page = render("problem.html", lang, heading=_heading(status, lang), detail=detail)
        return HTMLResponse(page, status, sent | as_text(PAGE))

    @app.exception_handler(HTTPException)
    async def http_problem(request: Request, error: HTTPException) -> Response:
        status = error.status_code
        detail = error.detail
        if status in PROBLEMS and detail == HTTPStatus(status).phrase:
            detail = PROBLEMS[status].detail or detail
        headers = dict(error.headers or {})
        if headers.get("Allow") == "GET":
            headers["Allow"] = "GET, HEAD"  # which not every route knows of
        elif "GET" not in headers.get("Allow", "GET"):
            detail = f"This address only takes {headers['Allow']}."
        return answer(request, status, detail, headers)

    @app.exception_handler(RequestValidationError)
    async def wrong_parameter(request: Request, error: RequestValidationError) -> Response:
        faults = [
            {"parameter": f"{fault['loc'][-1]}", "detail": f"{fault['msg']}"}
            for fault in error.errors()
        ]
        detail = "; ".join(f"{fault['parameter']}: {fault['detail']}" for fault in faults)
        return answer(request, 422, detail, errors=faults)

    @app.exception_handler(QueryError)
    async def wrong_query(request: Request, error: QueryError) -> Response:
        detail = f"The query cannot be read: {error}"
        return answer(request, 400, detail, position=error.position)

    @app.exception_handler(GoneError)
    async def gone(request: Request, error: GoneError) -> Response:
        return answer(request, 410, str(error))

    @app.exception_handler(NotFoundError)
    async def not_found(request: Request, error: NotFoundError) -> Response:
        return answer(request, 404, str(error))

    @app.exception_handler(StoreError)
    async def no_store(request: Request, _error: StoreError) -> Response:
        return answer(request, 503, PROBLEMS[503].detail, {"Retry-After": "30"})

    @app.exception_handler(Exception)
    async def defect(request: Request, _error: Exception) -> Response:
        return answer(request, 500, PROBLEMS[500].detail)


def problem_json(site: Site, status: int, detail: str) -> dict[str, Any]:
    """Return the members that RFC 9457 names; the type's address explains it."""
    problem = PROBLEMS.get(status)
    kind = f"{site.services.links.public_url}/api/docs#{problem.name}" if problem else "about:blank"
    title = problem.title if problem else HTTPStatus(status).phrase
    return {"type": kind, "title": title, "status": status, "detail": detail}


_SAID = frozenset((400, 404, 410, 429, 503))


def _heading(status: int, lang: str) -> str:
    words = words_in(lang)
    return words(f"problem_{status}") if status in _SAID else words("problem")
