"""The feeds' addresses: everything, a topic, a country, any query; one document a format."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import NotFoundError
from domain.matching import ItemTerms
from domain.model import Item
from domain.query import EVERYTHING, Field, Query
from feeds.publish.channel import NEVER, Channel, FeedLink, newest_change
from feeds.publish.fragments import Fragments
from feeds.publish.render import ENTRIES, FORMATS, render
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import OPEN_TO_ALL, moved
from feeds.web.names import LANGUAGE
from feeds.web.parts import (
    AFTER,
    ARCHIVE,
    PARAMETERS,
    FeedPart,
    archive_after,
    archive_before,
    asked_part,
    has_archives,
    page_links,
)
from feeds.web.site import Site
from storage import changes, search
from storage.database import Transaction

CACHE = "public, max-age=900"
ARCHIVE_CACHE = "public, max-age=86400"
EDITED = 10
"""How many edited items from further back a feed tells of."""
EDITED_FOR = timedelta(days=7)
"""For how long it does."""
_KNOWN = frozenset({"q", *PARAMETERS})
"""Parameters that mean something; others may come along, as those of trackers do."""


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
        """Answer with a part of a query's feed at its canonical address, and send others there."""
        extension = request.path_params["extension"]
        if extension not in FORMATS:
            raise HTTPException(404, f"Feeds end in {', '.join(f'.{name}' for name in FORMATS)}.")
        part = asked_part(request.query_params)
        address = part.address(self._site.inside.feed(query.canonical, extension))
        path, _, asked = address.partition("?")
        given = {name: text for name, text in request.query_params.items() if name in _KNOWN}
        if request.scope["path"] != path or given != dict(parse_qsl(asked)):
            outside = self._site.outside.feed(query.canonical, extension)
            return moved(part.address(outside))
        if part.name == AFTER:
            return await self._lead_on(query, extension, part.number)
        documents = self._site.services.documents
        make = partial(self._make, query, extension, part)
        return DocumentResponse(await documents.get(address, make))

    async def _lead_on(self, query: Query, extension: str, after: int) -> Response:
        """Lead to the archive that follows an arrival today, or to the feed while none does."""
        if not has_archives(query.tree):
            raise NotFoundError("The feed has no archives.")
        services = self._site.services
        async with services.db.read() as tx:
            end = await search.end_after(tx, query, after, now=services.clock(), size=ENTRIES)
        feed = self._site.outside.feed(query.canonical, extension)
        return moved(FeedPart(ARCHIVE, end).address(feed) if end else feed, 302)

    async def _make(self, query: Query, extension: str, part: FeedPart) -> Content:
        services = self._site.services
        now = services.clock()
        is_archive = part.name == ARCHIVE
        feed = services.links.feed(query.canonical, extension)
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            of = _archive if is_archive else _page
            items, links = await of(tx, query, part.number, feed, now)
        hub = services.hub if part == FeedPart() else ""
        if hub:
            links += (FeedLink("hub", hub),)
        channel = Channel(
            title=self._site.feed_title(query),
            description=f"The newest {ENTRIES} items",
            home=services.links.search(query.canonical),
            self_url=part.address(feed),
            language=LANGUAGE,
            query=query.canonical,
            updated=newest_change(items),
            links=links,
            is_archive=is_archive,
        )
        body = await asyncio.to_thread(
            render, extension, channel, items, services.links, self._site.names, self._fragments
        )
        return Content(
            body=body,
            media_type=FORMATS[extension].media_type,
            cache_control=ARCHIVE_CACHE if is_archive else CACHE,
            headers=(*OPEN_TO_ALL, *_link_header(hub, feed)),
            last_modified=max((item.updated for item in items), default=NEVER),
            version=version,
            is_touched_by=_is_never_touched if is_archive else self._site.touching(query),
        )


async def _page(
    tx: Transaction, query: Query, page: int, feed: str, now: datetime
) -> tuple[tuple[Item, ...], tuple[FeedLink, ...]]:
    """Return a page's items, newest first, and its links; page 1 leads to the archives too.

    Page 1 ends with items from further back that were edited lately. Who walked the feed before
    would not learn of it otherwise (RFC 5005, section 4).
    """
    found = await search.find(
        tx,
        query,
        now=now,
        limit=ENTRIES,
        offset=(page - 1) * ENTRIES,
        order=search.Order.NEWEST,
        bare=True,
    )
    if page > 1 and not found.items:
        raise NotFoundError("The feed has no such page.")
    links = page_links(page, is_last=found.is_whole, at=lambda part: part.address(feed))
    items = found.items
    if page == 1 and links:
        since = now - EDITED_FOR
        edited = await search.edited(tx, query, now=now, since=since, limit=EDITED)
        items += tuple(item for item in edited if item not in items)
    if page == 1 and has_archives(query.tree):
        latest = await search.last_edition(tx, query, now=now)
        links += archive_before(latest, lambda part: part.address(feed))
    return items, links


async def _archive(
    tx: Transaction, query: Query, upto: int, feed: str, now: datetime
) -> tuple[tuple[Item, ...], tuple[FeedLink, ...]]:
    """Return an archive's items in their wordings, the latest first, and its links."""
    found = None
    if has_archives(query.tree):
        found = await search.part_to(tx, query, upto, now=now, size=ENTRIES)
    if found is None:
        raise NotFoundError("The feed has no such archive.")
    links = archive_before(found.before, lambda part: part.address(feed))
    following = archive_after(upto, lambda part: part.address(feed))
    return found.items, (FeedLink("current", feed), *links, following)


def _is_never_touched(_item: Item, _terms: ItemTerms) -> bool:
    """Say that what comes in later is in no archive that is there already."""
    return False


def _link_header(hub: str, feed: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return what tells a subscriber the hub without the feed's being read (WebSub, section 4)."""
    if not hub:
        return ()
    return ((b"link", f'<{hub}>; rel="hub", <{feed}>; rel="self"'.encode()),)
