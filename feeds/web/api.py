"""The JSON API, version 1. Answers are documents: with validators, packed, kept in memory."""

import json
from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from domain.matching import ItemTerms
from domain.model import Item, slug_of
from domain.query import Query as NewsQuery
from feeds.publish.itemjson import item_json
from feeds.web.cursors import CURSOR_PATTERN, from_cursor, to_cursor
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import OPEN_TO_ALL
from feeds.web.schema import CURSOR, ItemOut, ItemsOut, TopicOut, problems
from feeds.web.site import Site
from storage import changes, search
from storage import topics as stored_topics
from storage.withdrawal import shown

MOST = 100
"""Items in one answer."""


def api_routes(site: Site) -> APIRouter:
    """Return the API's routes."""
    router = APIRouter(prefix="/api/v1")
    services = site.services

    async def items_content(query: NewsQuery, limit: int, place: search.Place | None) -> Content:
        now = services.clock()
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            step = await search.stories_after(tx, query, now=now, place=place, limit=limit)
            total = await search.count_stories(tx, query, now=now)
        answer = {
            "items": [item_json(item, services.links) for item in step.items],
            "total": total,
            "next_cursor": to_cursor(step.place) if step.place else None,
        }
        return _json(answer, version, site.touching(query))

    async def item_content(slug: str) -> Content:
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            item = await shown(tx, slug)
        return _json(item_json(item, services.links), version, lambda _item, _terms: False)

    async def topics_content() -> Content:
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            counts = await stored_topics.topic_counts(tx)
        answer = [
            {
                "slug": topic.slug,
                "name": site.names.topic(topic.slug),
                "parent": topic.parent,
                "items": counts.get(topic.slug, 0),
                "url": services.links.topic(topic.slug),
                "feed": services.links.feed(f"topic:{topic.slug}"),
            }
            for _, topic in site.topic_tree()
        ]
        return _json(answer, version, lambda item, _terms: bool(item.topics))

    @router.get(
        "/items",
        response_model=ItemsOut,
        responses=problems(400, 422, 429, 503),
        operation_id="items",
    )
    async def items(
        q: Annotated[
            str,
            Query(
                description="A query, as in the search box; everything without one.",
                examples=["topic:migrant-smuggling after:2015", "events in abuja"],
            ),
        ] = "",
        limit: Annotated[int, Query(ge=1, le=MOST, description="How many items.")] = 20,
        cursor: Annotated[
            str,
            Query(
                description="The next_cursor of the part before.",
                pattern=CURSOR_PATTERN,
                examples=[CURSOR],
            ),
        ] = "",
    ) -> Response:
        """Return the items that a query finds, one a story, newest first."""
        query = site.parse(q)
        place = from_cursor(cursor) if cursor else None
        address = f"/api/v1/items#{limit},{cursor},{query.canonical}"
        make = partial(items_content, query, limit, place)
        return DocumentResponse(await services.documents.get(address, make))

    @router.get(
        "/items/{item_id}",
        response_model=ItemOut,
        responses=problems(404, 410, 422, 429, 503),
        operation_id="item",
    )
    async def item(
        item_id: Annotated[
            str,
            Path(
                description="Its id, or the part after the last colon.",
                examples=["2009-06-22-3f9a1c0b7d"],
            ),
        ],
    ) -> Response:
        """Return one item."""
        slug = slug_of(item_id)
        address = f"/api/v1/items/{slug}"
        return DocumentResponse(await services.documents.get(address, partial(item_content, slug)))

    @router.get(
        "/topics",
        response_model=list[TopicOut],
        responses=problems(429, 503),
        operation_id="topics",
    )
    async def topics() -> Response:
        """Return all topics, parents before their parts."""
        return DocumentResponse(await services.documents.get("/api/v1/topics", topics_content))

    return router


def _json(
    answer: object, version: int, is_touched_by: Callable[[Item, ItemTerms], bool]
) -> Content:
    return Content(
        body=json.dumps(answer, ensure_ascii=False).encode(),
        media_type="application/json",
        cache_control="public, no-cache",
        headers=OPEN_TO_ALL,
        version=version,
        is_touched_by=is_touched_by,
    )
