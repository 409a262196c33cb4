"""The pages that are no lists of items: one item, the topics, the status."""

import asyncio
from collections.abc import Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from domain.errors import NotFoundError
from domain.query import Field
from domain.topics import Reason
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import PAGE, as_text
from feeds.web.site import Site
from feeds.web.templates import Render, html
from storage import changes, sources
from storage import items as stored_items
from storage import topics as stored_topics
from storage.versions import others

_PHRASES = 3
_SOURCES = 100
"""Sources on the status page; those that fail come first."""
_PATTERN = frozenset("|&")


class Pages:
    """Answers requests for these pages."""

    def __init__(self, site: Site, render: Render):
        self._site = site
        self._render = render

    def routes(self) -> list[Route]:
        """Return the routes of these pages."""
        return [
            Route("/topics", self.topics),
            Route("/items/{slug}", self.item),
            Route("/status", self.status),
        ]

    async def item(self, request: Request) -> Response:
        """Show one item."""
        make = partial(self._make_item, request.path_params["slug"])
        documents = self._site.services.documents
        return DocumentResponse(await documents.get(request.scope["path"], make))

    async def topics(self, request: Request) -> Response:
        """Show all topics with the number of their items."""
        documents = self._site.services.documents
        return DocumentResponse(await documents.get(request.scope["path"], self._make_topics))

    async def status(self, _request: Request) -> Response:
        """Show whether the service does its work, and what it holds."""
        services = self._site.services
        async with services.db.read() as tx:
            counts = await stored_items.counts(tx)
            read = await sources.all_sources(tx)
        worst_first = sorted(read, key=lambda source: -source.failures)
        page = self._render(
            "status.html",
            trouble=services.ready(),
            counts=counts,
            read=worst_first[:_SOURCES],
            more=max(len(read) - _SOURCES, 0),
            now=services.clock(),
        )
        return HTMLResponse(page, headers=as_text(PAGE) | {"Cache-Control": "no-store"})

    async def _make_item(self, slug: str) -> Content:
        services = self._site.services
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            item = await stored_items.get(tx, slug)
            also = await others(tx, item) if item else ()
        if item is None:
            raise NotFoundError("There is no such item.")
        known = [slug for slug in item.topics if services.taxonomy.get(slug)]
        reasons = await asyncio.to_thread(services.reasons, item)
        why = {slug: _phrases(slug, reasons) for slug in known if _phrases(slug, reasons)}
        queries = [self._site.named(Field.TOPIC, slug) for slug in known]
        page = self._render(
            "item.html",
            item=item,
            also=also,
            why=why,
            address=services.links.item(slug),
            query=queries[0].canonical if queries else "",
            feeds=self._site.feeds_of(*queries),
        )
        return html(page, version)

    async def _make_topics(self) -> Content:
        services = self._site.services
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            counts = await stored_topics.topic_counts(tx)
        page = self._render("topics.html", topics=self._site.topic_tree(), counts=counts)
        return html(page, version)


def _phrases(topic: str, reasons: Sequence[Reason]) -> list[str]:
    """Return the words that speak most for a topic, each once; patterns are not for readers."""
    found = dict.fromkeys(
        reason.phrase.strip("=*")
        for reason in reasons
        if reason.topic == topic and not _PATTERN.intersection(reason.phrase)
    )
    return list(found)[:_PHRASES]
