"""The pages with lists of items: front, a topic, a country, search; all paged by `?page=`."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from domain.errors import QueryError
from domain.query import EVERYTHING, Field, Query
from domain.query.tree import TopicIs
from feeds.web.document import Content, DocumentResponse
from feeds.web.facets import groups_of
from feeds.web.headers import PAGE, as_text, moved
from feeds.web.listing import PAGE_SIZE, Listing, page_number
from feeds.web.site import Site
from feeds.web.structured import site_data, trail_data
from feeds.web.templates import Render, html
from feeds.web.tongue import Tongue, spoken
from storage import changes, search
from storage.search import Facets


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which page of which list somebody wants."""

    query: Query
    template: str
    tongue: Tongue
    path: str
    """Below the site's root."""
    number: int
    typed: str = ""
    """A search as it was typed."""

    def at(self, number: int) -> str:
        """Return the address of another page of the list, which says only what matters."""
        return spoken(_address(self.path, self.typed, number), self.tongue.lang)


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
        """Show a topic's place in the tree and its items, newest first."""
        return await self._named(request, Field.TOPIC, request.path_params["slug"])

    async def country(self, request: Request) -> Response:
        """Show a country's items, newest first."""
        return await self._named(request, Field.COUNTRY, request.path_params["code"])

    async def _named(self, request: Request, field: Field, text: str) -> Response:
        query = self._site.named(field, text)
        if request.scope["path"] != self._site.inside.search(query.canonical):
            return moved(self._site.tongue(request).links.search(query.canonical))
        return await self._answer(request, query, "listing.html")

    async def search(self, request: Request) -> Response:
        """Show what a query finds, best first, how it was read, and how to narrow it."""
        typed = request.query_params.get("q", "")
        lang = self._site.tongue(request).lang
        if not typed.strip():
            page = self._render(
                "search_help.html",
                lang,
                here="/search",
                address=f"{self._site.services.links.public_url}/search",
            )
            return HTMLResponse(page, headers=as_text(PAGE))
        try:
            query = self._site.parse(typed)
        except QueryError as error:
            page = self._render("search_wrong.html", lang, typed=typed, error=error)
            return HTMLResponse(page, 400, as_text(PAGE))
        return await self._answer(request, query, "search.html", typed)

    async def _answer(
        self, request: Request, query: Query, template: str, typed: str = ""
    ) -> Response:
        """Answer with one page of a list, at an address that only says what matters."""
        number = page_number(request.query_params.get("page"))
        tongue = self._site.tongue(request)
        asked = _Asked(query, template, tongue, request.scope["path"], number, typed)
        make = partial(self._make, asked)
        return DocumentResponse(await self._site.services.documents.get(asked.at(number), make))

    async def _make(self, asked: _Asked) -> Content:
        services = self._site.services
        query, answer = asked.query, None
        now = services.clock()
        offset = (asked.number - 1) * PAGE_SIZE
        reader = asked.tongue.lang
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            if asked.typed:
                answer = await search.answer(
                    tx,
                    asked.typed,
                    services.vocabulary,
                    now=now,
                    limit=PAGE_SIZE,
                    offset=offset,
                    reader=reader,
                )
                query, found = answer.query, answer.page
            else:
                found = await search.find(
                    tx,
                    query,
                    now=now,
                    limit=PAGE_SIZE,
                    offset=offset,
                    order=search.Order.NEWEST,
                    reader=reader,
                )
            facets = await search.count_facets(tx, query, now=now)
            times = facets.times
            if not facets.complete:
                times = search.times_of(await search.per_day(tx, query, now=now))
        listing = Listing(
            items=found.items,
            also=found.also,
            total=found.total,
            is_whole=found.is_whole,
            page=asked.number,
            at=lambda page: self._site.root + asked.at(page),
            by_year=not asked.typed,
        )
        page = self._render(
            asked.template,
            asked.tongue.lang,
            name=self._site.name_of(query, asked.tongue.lang),
            query=query.canonical,
            described=self._site.describe(query, asked.tongue.lang),
            here=_address(asked.path, asked.typed, asked.number),
            address=services.links.search(query.canonical),
            listing=listing,
            groups=groups_of(query, facets, times, asked.tongue),
            facets=facets,
            feeds=self._site.feeds_of(query),
            calendar=query.canonical,
            typed=asked.typed,
            answer=answer,
            describe=partial(self._site.describe, lang=asked.tongue.lang),
            **self._around(query, facets),
        )
        content = html(page, version)
        if asked.typed:
            return content  # what else was tried, and nearly found, may be changed by any item
        shown = frozenset(item.story for item in found.items)
        return replace(content, is_touched_by=self._site.touching_page(query, shown))

    def _around(self, query: Query, facets: Facets) -> dict[str, Any]:
        """Return where a query's page has its place: the topics above and below, in words too."""
        services = self._site.services
        taxonomy, links = services.taxonomy, services.links
        data: list[dict[str, Any]] = []
        above: tuple[str, ...] = ()
        below: list[tuple[str, int]] = []
        match query.tree:
            case TopicIs(slug):
                above = tuple(reversed(taxonomy.ancestors(slug)))
                counted = facets.values[Field.TOPIC]
                below = [
                    (topic.slug, counted.get(topic.slug, 0)) for topic in taxonomy.children(slug)
                ]
                steps = [(self._site.names.topic(one), links.topic(one)) for one in (*above, slug)]
                data.append(trail_data(steps))
            case _ if query == EVERYTHING:
                below = [(topic.slug, 0) for topic in taxonomy.children(None)]
                data.append(site_data(services.title, links))
        return {"above": above, "below": below, "data": data}


def _address(path: str, typed: str, page: int) -> str:
    parameters = {"q": typed} if typed else {}
    if page > 1:
        parameters["page"] = str(page)
    return f"{path}?{urlencode(parameters)}" if parameters else path
