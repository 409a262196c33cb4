"""The feeds' addresses: everything, a topic, a country, any query; one document a format."""

import asyncio
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from domain.query import EVERYTHING, Field, Query
from feeds.publish.channel import NEVER, Channel, newest_change
from feeds.publish.fragments import Fragments
from feeds.publish.render import ENTRIES, FORMATS, render
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import OPEN_TO_ALL
from feeds.web.names import LANGUAGE
from feeds.web.site import Site
from storage import changes, search

CACHE = "public, max-age=900"


class Feeds:
    """Answers requests for feeds."""

    def __init__(self, site: Site):
        self._site = site
        self._fragments = Fragments()

    def routes(self) -> list[Route]:
        """Return the routes of all feeds."""
        return [
            Route("/feed.{extension}", self.everything),
            Route("/topics/{slug}/feed.{extension}", self.topic),
            Route("/countries/{code}/feed.{extension}", self.country),
            Route("/search/feed.{extension}", self.search),
        ]

    async def everything(self, request: Request) -> Response:
        """Answer with the feed of all items."""
        return await self._answer(request, EVERYTHING)

    async def topic(self, request: Request) -> Response:
        """Answer with a topic's feed."""
        return await self._answer(
            request, self._site.named(Field.TOPIC, request.path_params["slug"])
        )

    async def country(self, request: Request) -> Response:
        """Answer with a country's feed."""
        return await self._answer(
            request, self._site.named(Field.COUNTRY, request.path_params["code"])
        )

    async def search(self, request: Request) -> Response:
        """Answer with the feed of the query `q`."""
        return await self._answer(request, self._site.parse(request.query_params.get("q", "")))

    async def _answer(self, request: Request, query: Query) -> Response:
        """Answer with a query's feed at its canonical address, and send others there."""
        extension = request.path_params["extension"]
        if extension not in FORMATS:
            raise HTTPException(404, f"Feeds end in {', '.join(f'.{name}' for name in FORMATS)}.")
        address = self._site.inside.feed(query.canonical, extension)
        asked = request.query_params.get("q", "") if "?" in address else query.canonical
        if request.scope["path"] != address.partition("?")[0] or asked != query.canonical:
            return RedirectResponse(self._site.outside.feed(query.canonical, extension), 301)
        documents = self._site.services.documents
        return DocumentResponse(await documents.get(address, partial(self._make, query, extension)))

    async def _make(self, query: Query, extension: str) -> Content:
        services = self._site.services
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            found = await search.find(
                tx, query, now=services.clock(), limit=ENTRIES, order=search.Order.NEWEST
            )
        channel = Channel(
            title=self._site.feed_title(query),
            description=f"The newest {ENTRIES} items",
            home=services.links.search(query.canonical),
            self_url=services.links.feed(query.canonical, extension),
            language=LANGUAGE,
            query=query.canonical,
            updated=newest_change(found.items),
        )
        body = await asyncio.to_thread(
            render,
            extension,
            channel,
            found.items,
            services.links,
            self._site.names,
            self._fragments,
        )
        return Content(
            body=body,
            media_type=FORMATS[extension].media_type,
            cache_control=CACHE,
            headers=OPEN_TO_ALL,
            last_modified=max((item.updated for item in found.items), default=NEVER),
            version=version,
            is_touched_by=self._site.touching(query),
        )
