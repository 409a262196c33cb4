"""The timeline: how much a query finds in each year and month."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.query import Query
from feeds.web.document import Content, DocumentResponse
from feeds.web.facets import Choice, fitting, spans_of
from feeds.web.headers import moved
from feeds.web.site import Site
from feeds.web.templates import Render, html
from feeds.web.tongue import Tongue, spoken
from storage import changes, search

ROOM = 26_000
"""Bytes that all links may take; where months do not fit, each year's own page has them."""


class TimelinePage:
    """Answers requests for the timeline of everything, and of any query."""

    def __init__(self, site: Site, render: Render):
        self._site = site
        self._render = render

    def routes(self) -> list[Route]:
        """Return the route of this page."""
        return [Route("/timeline", self.timeline)]

    async def timeline(self, request: Request) -> Response:
        """Show the years of what the query `q` finds, at its canonical address."""
        asked = request.query_params.get("q", "")
        query = self._site.parse(asked)
        tongue = self._site.tongue(request)
        if asked != query.canonical:
            return moved(tongue.links.timeline(query.canonical))
        here = self._site.inside.timeline(query.canonical)
        make = partial(self._make, query, here, tongue)
        documents = self._site.services.documents
        return DocumentResponse(await documents.get(spoken(here, tongue.lang), make))

    async def _make(self, query: Query, here: str, tongue: Tongue) -> Content:
        services = self._site.services
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            days = await search.per_day(tx, query, now=services.clock())
        page = self._render(
            "timeline.html",
            tongue.lang,
            name=self._site.name_of(query, tongue.lang),
            query=query.canonical,
            here=here,
            address=services.links.timeline(query.canonical),
            years=_years(query, search.times_of(days), tongue),
            feeds=self._site.feeds_of(query),
            calendar=query.canonical,
        )
        return html(page, version)


def _years(
    query: Query, times: dict[str, int], tongue: Tongue
) -> list[tuple[Choice, list[Choice]]]:
    """Return each year with its months, the latest first."""
    spans = spans_of(query, times, tongue)
    fits = len(spans) <= fitting(query, ROOM)
    years = [span for span in spans if span.is_year]
    months = [span for span in spans if not span.is_year and fits]
    return [(year, [span for span in months if span.time[:-3] == year.time]) for year in years]
