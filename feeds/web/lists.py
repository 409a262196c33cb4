"""The pages with lists of items: front, a topic, a country, search; all paged by `?page=`."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from domain.errors import QueryError
from domain.query import EVERYTHING, Field, Query
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import PAGE, as_text
from feeds.web.listing import PAGE_SIZE, Listing, page_number
from feeds.web.site import Site
from feeds.web.templates import Render, html
from storage import changes, search


class ListPages:
    """Answers requests for lists of items."""

    def __init__(self, site: Site, render: Render):
        self._site = site
        self._render = render

    def routes(self) -> list[Route]:
        """Return the routes of these pages."""
        return [
            Route("/", self.front),
            Route("/topics/{slug}", self.topic),
            Route("/countries/{code}", self.country),
            Route("/search", self.search),
        ]

    async def front(self, request: Request) -> Response:
        """Show all items, newest first."""
        return await self._answer(request, EVERYTHING, "front.html")

    async def topic(self, request: Request) -> Response:
        """Show a topic's items, newest first."""
        return await self._named(request, Field.TOPIC, request.path_params["slug"])

    async def country(self, request: Request) -> Response:
        """Show a country's items, newest first."""
        return await self._named(request, Field.COUNTRY, request.path_params["code"])

    async def _named(self, request: Request, field: Field, text: str) -> Response:
        query = self._site.named(field, text)
        if request.scope["path"] != self._site.inside.search(query.canonical):
            return RedirectResponse(self._site.outside.search(query.canonical), 301)
        return await self._answer(request, query, "listing.html")

    async def search(self, request: Request) -> Response:
        """Show what a query finds, best first, and how it was read."""
        typed = request.query_params.get("q", "")
        if not typed.strip():
            return HTMLResponse(self._render("search_help.html"), headers=as_text(PAGE))
        try:
            query = self._site.parse(typed)
        except QueryError as error:
            page = self._render("search_wrong.html", typed=typed, error=error)
            return HTMLResponse(page, 400, as_text(PAGE))
        return await self._answer(request, query, "search.html", typed)

    async def _answer(
        self, request: Request, query: Query, template: str, typed: str = ""
    ) -> Response:
        """Answer with one page of a list, at an address that only says what matters."""
        number = page_number(request.query_params.get("page"))
        at = partial(_address, request.scope["path"], typed)
        make = partial(self._make, query, template, typed, number, at)
        return DocumentResponse(await self._site.services.documents.get(at(number), make))

    async def _make(
        self, query: Query, template: str, typed: str, number: int, at: Callable[[int], str]
    ) -> Content:
        services = self._site.services
        answer = None
        offset = (number - 1) * PAGE_SIZE
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            if typed:
                answer = await search.answer(
                    tx,
                    typed,
                    services.vocabulary,
                    now=services.clock(),
                    limit=PAGE_SIZE,
                    offset=offset,
                )
                query, found = answer.query, answer.page
            else:
                found = await search.find(
                    tx,
                    query,
                    now=services.clock(),
                    limit=PAGE_SIZE,
                    offset=offset,
                    order=search.Order.NEWEST,
                )
        listing = Listing(
            items=found.items,
            also=found.also,
            total=found.total,
            page=number,
            at=lambda page: self._site.root + at(page),
            by_year=not typed,
        )
        page = self._render(
            template,
            name=self._site.name_of(query),
            query=query.canonical,
            described=self._site.describe(query),
            address=services.links.search(query.canonical),
            listing=listing,
            topics=services.taxonomy.children(None),
            feeds=self._site.feeds_of(query),
            typed=typed,
            answer=answer,
            describe=self._site.describe,
        )
        return html(page, version)


def _address(path: str, typed: str, page: int) -> str:
    parameters = {"q": typed} if typed else {}
    if page > 1:
        parameters["page"] = str(page)
    return f"{path}?{urlencode(parameters)}" if parameters else path
