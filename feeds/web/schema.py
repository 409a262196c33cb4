"""The API's JSON as OpenAPI tells of it; `feeds.publish.itemjson` and `feeds.web.api` write it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class ItemOut(BaseModel):
    """One item."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(examples=["tag:topicwire.invalid,2026:2009-06-22-3f9a1c0b7d"])]
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

    model_config = ConfigDict(extra="forbid")

    items: list[ItemOut]
    total: Annotated[int, Field(description="Items in the whole answer, counted up to 10,000.")]
    next_cursor: Annotated[
        str | None, Field(description="Give it as cursor for the next part; null at the end.")
    ]


class TopicOut(BaseModel):
    """One topic."""

    model_config = ConfigDict(extra="forbid")

    slug: str
    name: str
    parent: str | None
    items: Annotated[int, Field(description="How many items are on it.")]
    url: str
    feed: Annotated[str, Field(description="Its RSS feed.")]


class ProblemOut(BaseModel):
    """What went wrong."""

    detail: str
