"""The pages that are no lists of items: one item, the topics, the status."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from domain.model import Item
from domain.query import Field
from domain.sources import SourceState
from domain.topics import Reason
from feeds.publish.reference import reference
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import PAGE, as_text
from feeds.web.listing import Listing, page_number
from feeds.web.longtexts import MOST, parts_of
from feeds.web.names import LANGUAGE
from feeds.web.site import Site
from feeds.web.structured import item_data
from feeds.web.templates import Render, html
from feeds.web.tongue import Tongue, spoken
from storage import changes, sources
from storage import items as stored_items
from storage import topics as stored_topics
from storage.markup import with_markup
from storage.outbox import figures
from storage.versions import others
from storage.withdrawal import shown

_PHRASES = 3
_SOURCES = 40
"""Sources on a status page; those that fail, or that gave most, come first."""
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
        """Show one item, a part of its text at a time if that is very long."""
        slug, tongue = request.path_params["slug"], self._site.tongue(request)
        number = page_number(request.query_params.get("page"))
        here = self._site.inside.item(slug)
        make = partial(self._make_item, slug, number, tongue)
        document = await self._site.services.documents.get(_at(here, number, tongue.lang), make)
        return DocumentResponse(document)

    async def topics(self, request: Request) -> Response:
        """Show all topics with the number of their items."""
        tongue = self._site.tongue(request)
        documents = self._site.services.documents
        address = spoken(request.scope["path"], tongue.lang)
        return DocumentResponse(await documents.get(address, partial(self._make_topics, tongue)))

    async def status(self, request: Request) -> Response:
        """Show whether the service does its work, what it holds and what is on its way."""
        services = self._site.services
        lang = self._site.tongue(request).lang
        number = page_number(request.query_params.get("page"))
        async with services.db.read() as tx:
            counts = await stored_items.counts(tx)
            read = await sources.all_sources(tx)
            waiting = await figures(tx, now=services.clock())
        paused = SourceState.PAUSED
        worst_first = sorted(read, key=lambda one: (one.state is paused, -one.failures))
        parts = Listing(
            items=(),
            total=len(read),
            page=number,
            at=lambda part: self._site.root + _at("/status", part, lang),
            also={},
            by_year=False,
            size=_SOURCES,
        )
        page = self._render(
            "status.html",
            lang,
            here="/status",
            trouble=services.ready(),
            counts=counts,
            given=sorted(counts.sources.items(), key=lambda source: -source[1])[:_SOURCES],
            waiting=waiting,
            read=worst_first[(number - 1) * _SOURCES : number * _SOURCES],
            parts=parts,
            now=services.clock(),
        )
        return HTMLResponse(page, headers=as_text(PAGE) | {"Cache-Control": "no-store"})

    async def _make_item(self, slug: str, number: int, tongue: Tongue) -> Content:
        services, links = self._site.services, self._site.services.links
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            (item,) = await with_markup(tx, [await shown(tx, slug)])
            also = await others(tx, item)
        known = [slug for slug in item.topics if services.taxonomy.get(slug)]
        reasons = await asyncio.to_thread(services.reasons, item)
        why = {slug: _phrases(slug, reasons) for slug in known if _phrases(slug, reasons)}
        queries = [self._site.named(Field.TOPIC, slug) for slug in known]
        here = self._site.inside.item(slug)
        texts = parts_of(item.body or item.summary)
        page = self._render(
            "item.html",
            tongue.lang,
            item=_part(item, texts, number),
            whole=item,
            parts=Listing(
                items=(),
                total=len(texts),
                page=number,
                at=lambda part: self._site.root + _at(here, part, tongue.lang),
                also={},
                by_year=False,
                size=1,
            ),
            also=also,
            why=why,
            cited=self._reference(item),
            here=here,
            address=links.item(slug),
            description=item.summary,
            query=queries[0].canonical if queries else "",
            feeds=self._site.feeds_of(*queries),
            data=[item_data(item, also, links, self._site.names)],
        )
        return replace(
            html(page, version), is_touched_by=lambda new, _terms: new.story == item.story
        )

    def _reference(self, item: Item) -> str:
        """Return how to cite an item, in its own language if that is one of ours."""
        tongue = self._site.tongues.get(item.lang) or self._site.tongues[LANGUAGE]
        return reference(
            item,
            self._site.services.links,
            tongue.names,
            day=tongue.names.day(item.published.day),
            archived=tongue.words("archived"),
        )

    async def _make_topics(self, tongue: Tongue) -> Content:
        services = self._site.services
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            counts = await stored_topics.topic_counts(tx)
        page = self._render(
            "topics.html",
            tongue.lang,
            here="/topics",
            address=f"{services.links.public_url}/topics",
            topics=self._site.topic_tree(),
            counts=counts,
        )
        return html(page, version)


def _at(here: str, number: int, lang: str) -> str:
    return spoken(f"{here}?page={number}" if number > 1 else here, lang)


def _part(item: Item, texts: Sequence[str], number: int) -> Item:
    """Return the item with one part of its text; the photo's caption comes with the last one.

    Markup is shown where it is no heavier than a part of a text may be.
    """
    if len(texts) == 1 or number > len(texts):
        is_heavy = len((item.markup or "").encode()) > MOST
        return replace(item, markup=None) if is_heavy else item
    if number < len(texts):
        item = replace(item, caption=None, photo_credit=None)
    return replace(item, body=texts[number - 1], markup=None)


def _phrases(topic: str, reasons: Sequence[Reason]) -> list[str]:
    """Return the words that speak most for a topic, each once; patterns are not for readers."""
    found = dict.fromkeys(
        reason.phrase.strip("=*")
        for reason in reasons
        if reason.topic == topic and not _PATTERN.intersection(reason.phrase)
    )
    return list(found)[:_PHRASES]
