"""The JSON API, version 1. Answers are documents: with validators, packed, kept in memory."""

import base64
import json
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.model import slug_of
from domain.query import Query as NewsQuery
from feeds.publish.itemjson import item_json
from feeds.web.document import Content, DocumentResponse
from feeds.web.headers import OPEN_TO_ALL
from feeds.web.schema import ItemOut, ItemsOut, ProblemOut, TopicOut
from feeds.web.site import Site
from storage import changes, search
from storage import topics as stored_topics
from storage.withdrawal import shown

MOST = 100
"""Items in one answer."""

_WRONG: dict[int | str, dict[str, Any]] = {400: {"model": ProblemOut}, 422: {"model": ProblemOut}}
_MISSING: dict[int | str, dict[str, Any]] = {404: {"model": ProblemOut}, 410: {"model": ProblemOut}}


def api_routes(site: Site) -> APIRouter:
    """Return the API's routes."""
    router = APIRouter(prefix="/api/v1")
    services = site.services

    async def items_content(query: NewsQuery, limit: int, offset: int) -> Content:
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            found = await search.find(
                tx,
                query,
                now=services.clock(),
                limit=limit + 1,
                offset=offset,
                order=search.Order.NEWEST,
            )
        more = len(found.items) > limit
        answer = {
            "items": [item_json(item, services.links) for item in found.items[:limit]],
            "total": found.total,
            "next_cursor": _cursor(offset + limit) if more else None,
        }
        return _json(answer, version)

    async def item_content(slug: str) -> Content:
        async with services.db.read() as tx:
            version = await changes.version_of(tx)
            item = await shown(tx, slug)
        return _json(item_json(item, services.links), version)

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
        return _json(answer, version)

    @router.get("/items", response_model=ItemsOut, responses=_WRONG)
    async def items(
        q: Annotated[str, Query(description="A query, as in the search box.")] = "",
        limit: Annotated[int, Query(ge=1, le=MOST, description="How many items.")] = 20,
        cursor: Annotated[str, Query(description="The next_cursor of the part before.")] = "",
    ) -> Response:
        """Return the items that a query finds, newest first."""
        query = site.parse(q)
        offset = _offset(cursor)
        address = f"/api/v1/items#{limit},{offset},{query.canonical}"
        make = partial(items_content, query, limit, offset)
        return DocumentResponse(await services.documents.get(address, make))

    @router.get("/items/{item_id}", response_model=ItemOut, responses=_MISSING)
    async def item(
        item_id: Annotated[str, Path(description="Its id, or the part after the last colon.")],
    ) -> Response:
        """Return one item."""
        slug = slug_of(item_id)
        address = f"/api/v1/items/{slug}"
        return DocumentResponse(await services.documents.get(address, partial(item_content, slug)))

    @router.get("/topics", response_model=list[TopicOut])
    async def topics() -> Response:
        """Return all topics, parents before their parts."""
        return DocumentResponse(await services.documents.get("/api/v1/topics", topics_content))

    return router


def _json(answer: object, version: int) -> Content:
    return Content(
        body=json.dumps(answer, ensure_ascii=False).encode(),
        media_type="application/json",
        cache_control="public, no-cache",
        headers=OPEN_TO_ALL,
        version=version,
    )


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        text = ""
    if not text.isdigit() or len(text) > 9:
        raise HTTPException(400, "cursor: give the next_cursor of an earlier answer")
    return int(text)
