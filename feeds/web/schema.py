"""The API's JSON as OpenAPI tells of it; `feeds.publish.itemjson` and `feeds.web.api` write it."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from feeds.web.problems import PROBLEM_TYPE, PROBLEMS

_SLUG = "2009-06-22-3f9a1c0b7d"
ITEM: dict[str, JsonValue] = {
    "id": f"tag:topicwire.invalid,2026:{_SLUG}",
    "source": "unodc",
    "document": None,
    "url": f"https://news.example.org/items/{_SLUG}",
    "link": "https://www.example.org/abuja.html",
    "kind": "event",
    "lang": "en",
    "title": "Final meeting on training modules held in Abuja, Nigeria",
    "summary": "Experts met to agree on training for prosecutors.",
    "body": "Experts met to agree on training for prosecutors.\n\nThey come from six countries.",
    "published": "2009-06-22",
    "starts": "2009-06-22",
    "ends": "2009-06-24",
    "topics": ["migrant-smuggling"],
    "countries": ["NG"],
    "photo_credit": None,
    "story": _SLUG,
    "added": "2026-03-01T12:00:00+00:00",
    "updated": "2026-03-01T12:00:00+00:00",
}
TOPIC: dict[str, JsonValue] = {
    "slug": "smuggling-by-sea",
    "name": "Smuggling by sea",
    "parent": "migrant-smuggling",
    "items": 12,
    "url": "https://news.example.org/topics/smuggling-by-sea",
    "feed": "https://news.example.org/topics/smuggling-by-sea/feed.rss",
}
CURSOR = "AJR9kwH__-4AAABf"
PART: dict[str, JsonValue] = {"items": [ITEM], "total": 95, "next_cursor": CURSOR}


class ItemOut(BaseModel):
    """One item."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [ITEM]})

    id: Annotated[str, Field(description="A tag: URI (RFC 4151) that no edit changes.")]
    source: str
    document: str | None
    url: Annotated[str, Field(description="Its page here.")]
    link: Annotated[str | None, Field(description="The original's address.")]
    kind: Literal["news", "event", "publication"]
    lang: Annotated[str, Field(description="ISO 639-1 code; und where it is not known.")]
    title: str
    summary: str
    body: Annotated[str, Field(description="Plain text; paragraphs are split by a blank line.")]
    published: Annotated[str, Field(description="A day, or day and time in UTC.")]
    starts: str | None
    ends: str | None
    topics: list[str]
    countries: Annotated[list[str], Field(description="ISO 3166-1 alpha-2 codes.")]
    photo_credit: str | None
    story: Annotated[str, Field(description="Shared by the versions of one story.")]
    added: AwareDatetime
    updated: AwareDatetime


class ItemsOut(BaseModel):
    """One part of an answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [PART]})

    items: Annotated[list[ItemOut], Field(description="One item a story, the newest first.")]
    total: Annotated[int, Field(description="Stories in the whole answer, counted up to 4,000.")]
    next_cursor: Annotated[
        str | None,
        Field(
            description="Give it as cursor for the next part; null at the end. Following it gives "
            "every story once, whatever comes in meanwhile."
        ),
    ]


class TopicOut(BaseModel):
    """One topic."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [TOPIC]})

    slug: str
    name: str
    parent: str | None
    items: Annotated[int, Field(description="How many items are on it.")]
    url: str
    feed: Annotated[str, Field(description="Its RSS feed.")]


class FaultOut(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(description="Address that explains this kind of problem.")]
    title: str
    status: int
    detail: Annotated[str, Field(description="What is wrong with this very request.")]
    errors: Annotated[list[FaultOut], Field(description="With 422: each parameter.")] = []
    position: Annotated[
        int | None,
        Field(description="With a query that cannot be read: at which character, from 0."),
    ] = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes answers with these statuses."""
    schema = ProblemOut.model_json_schema()
    faults = schema.pop("$defs")["FaultOut"]
    schema["properties"]["errors"]["items"] = faults
    return {
        status: {
            "description": PROBLEMS[status].title,
            "content": {
                PROBLEM_TYPE: {
                    "schema": schema,
                    "example": {
                        "type": f"https://news.example.org/api/docs#{PROBLEMS[status].name}",
                        "title": PROBLEMS[status].title,
                        "status": status,
                        "detail": PROBLEMS[status].detail or PROBLEMS[status].meaning,
                    },
                }
            },
        }
        for status in statuses
    }
