"""What is taken away whole: the calendar, the list of feeds, and files for those who cite."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import chain

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.links import Links
from domain.matching import ItemTerms
from domain.model import Item, Kind
from domain.query import EVERYTHING, Query
from domain.query.tree import And, KindIs
from feeds.publish.calendar import CALENDAR_TYPE, CalendarHead, render_calendar
from feeds.publish.export import EXPORTS
from feeds.publish.opml import OPML_TYPE, Outline, render_opml
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import OPEN_TO_ALL, moved
from feeds.web.names import LANGUAGE
from feeds.web.site import Site
from storage import changes, search

EVENTS = 1000
"""How many events, those published last, a calendar shows."""
RECORDS = 1000
"""How many items, the newest, a file has; the command line exports all."""
CACHE = "public, max-age=900"

_BY_EXTENSION = {form.extension: form for form in EXPORTS.values()}
_Make = Callable[[Query], Awaitable[Content]]


class Downloads:
    """Answers requests for these documents."""

    def __init__(self, site: Site):
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes of these documents."""
        return [
            Route("/events.ics", self.calendar),
            Route("/opml.xml", self.topic_feeds),
            Route("/export.{extension}", self.export),
        ]

    async def calendar(self, request: Request) -> Response:
        """Answer with the events that the query `q` finds, one a story."""
        return await self._answer(request, Links.calendar, self._make_calendar)

    async def export(self, request: Request) -> Response:
        """Answer with what the query `q` finds, every version a record of its own."""
        extension = request.path_params["extension"]
        if extension not in _BY_EXTENSION:
            known = ", ".join(f".{name}" for name in _BY_EXTENSION)
            raise HTTPException(404, f"Files end in {known}.")
        address = partial(Links.export, extension=extension)
        return await self._answer(request, address, partial(self._make_export, extension))

    async def topic_feeds(self, request: Request) -> Response:
        """Answer with the feeds of everything and of all topics."""
        documents = self._site.services.documents
        return DocumentResponse(await documents.get(request.scope["path"], self._make_topic_feeds))

    async def _answer(
        self, request: Request, address: Callable[[Links, str], str], make: _Make
    ) -> Response:
        """Answer with a document at its query's canonical address, and send others there."""
        asked = request.query_params.get("q", "")
        query = self._site.parse(asked)
        if asked != query.canonical:
            return moved(address(self._site.outside, query.canonical))
        documents = self._site.services.documents
        inside = address(self._site.inside, query.canonical)
        return DocumentResponse(await documents.get(inside, partial(make, query)))

    async def _make_calendar(self, query: Query) -> Content:
        services = self._site.services
        events = Query(And((KindIs(Kind.EVENT), query.tree)), query.canonical, query.reading)
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            found = await search.find(
                tx,
                events,
                now=services.clock(),
                limit=EVENTS,
                order=search.Order.NEWEST,
                bare=True,
            )
        head = CalendarHead(
            title=self._site.feed_title(query),
            description="Meetings, workshops and conferences",
            home=services.links.search(query.canonical),
            self_url=services.links.calendar(query.canonical),
        )
        body = await asyncio.to_thread(
            render_calendar, head, found.items, services.links, self._site.names
        )
        return _content(body, CALENDAR_TYPE, version, self._site.touching(events))

    async def _make_export(self, extension: str, query: Query) -> Content:
        services = self._site.services
        form = _BY_EXTENSION[extension]
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            found = await search.walk(tx, query, now=services.clock(), limit=RECORDS)
        records = (form.record(item, services.links, self._site.names) for _, item in found)
        body = await asyncio.to_thread("".join, chain((form.head,), records))
        return _content(
            body.encode(),
            form.media_type,
            version,
            self._site.touching(query),
            f"topicwire.{extension}",
        )

    async def _make_topic_feeds(self) -> Content:
        site = self._site
        outlines = [self._outline(EVERYTHING.canonical, site.feed_title(EVERYTHING))]
        outlines += self._topics_below(None)
        document = render_opml(f"{site.services.title}: all topics", outlines)
        return _content(document, OPML_TYPE, 0, lambda _item, _terms: False)

    def _topics_below(self, parent: str | None) -> list[Outline]:
        return [
            self._outline(
                f"topic:{topic.slug}",
                self._site.names.topic(topic.slug),
                tuple(self._topics_below(topic.slug)),
            )
            for topic in self._site.services.taxonomy.children(parent)
        ]

    def _outline(self, query: str, title: str, parts: tuple[Outline, ...] = ()) -> Outline:
        links = self._site.services.links
        return Outline(
            title=title,
            feed_url=links.feed(query, "atom"),
            home=links.search(query),
            language=LANGUAGE,
            parts=parts,
        )


def _content(
    body: bytes,
    media_type: str,
    version: int,
    is_touched_by: Callable[[Item, ItemTerms], bool],
    file_name: str = "",
) -> Content:
    saved = ((b"content-disposition", f'attachment; filename="{file_name}"'.encode()),)
    return Content(
        body=body,
        media_type=media_type,
        cache_control=CACHE,
        headers=(*OPEN_TO_ALL, *(saved if file_name else ())),
        version=version,
        is_touched_by=is_touched_by,
    )
