"""Values for tests: each has sensible parts, and takes those that matter to the test."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from domain.classify import Classifier
from domain.kinds import KindFinder
from domain.model import Draft, Item, Kind, Published, Subscription
from domain.places import Places
from domain.query import Field, NameIndex
from domain.taxonomy import Taxonomy, Topic
from storage import chats, subscriptions
from storage.database import Database
from storage.ingest import Report, ingest

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
SOURCE = "unodc"
TOPICS = ("human-trafficking", "migrant-smuggling", "drugs")

CLASSIFIER = Classifier(
    Taxonomy([Topic(slug, {"en": slug.replace("-", " ")}) for slug in TOPICS]),
    Places({}),
    KindFinder({}),
)


def _names() -> NameIndex:
    names = NameIndex()
    for slug in TOPICS:
        names.add(Field.TOPIC, slug, [slug.replace("-", " ")], labels={})
    for code in ("NG", "FR", "TH"):
        names.add(Field.COUNTRY, code.lower(), [], values=(code,), labels={})
    names.add(Field.SOURCE, SOURCE, [], labels={})
    names.add(Field.SOURCE, "elsewhere", [], labels={})
    return names


VOCABULARY = _names()


def make_draft(title: str = "Smugglers convicted", **parts: Any) -> Draft:
    """Return a draft of 22 June 2009 that leaves nothing to the classifier."""
    given: dict[str, Any] = {
        "published": Published.on(date(2009, 6, 22)),
        "body": f"What is to be told: {title}.",
        "lang": "en",
        "kind": Kind.NEWS,
        "topics": (),
        "countries": (),
    }
    return Draft(title=title, **given | parts)


def make_item(slug: str = "2009-06-22-0123456789", **parts: Any) -> Item:
    """Return an item of 22 June 2009."""
    given: dict[str, Any] = {
        "source": SOURCE,
        "document": None,
        "link": None,
        "kind": Kind.NEWS,
        "lang": "en",
        "title": "Smugglers convicted",
        "summary": "",
        "body": "",
        "caption": None,
        "photo_credit": None,
        "published": Published.on(date(2009, 6, 22)),
        "published_derived": False,
        "starts": None,
        "ends": None,
        "topics": (),
        "countries": (),
        "story": slug,
        "urgent": False,
        "added": NOW,
        "updated": NOW,
    }
    return Item(slug=slug, **given | parts)


async def put(
    db: Database,
    *drafts: Draft,
    source: str = SOURCE,
    document: str | None = None,
    now: datetime = NOW,
    push: bool = False,
) -> Report:
    """Ingest drafts in a transaction of their own."""
    async with db.write() as tx:
        return await ingest(
            tx,
            drafts,
            source=source,
            document=document,
            classifier=CLASSIFIER,
            now=now,
            push=push,
        )


async def follow(
    db: Database,
    chat_id: int,
    query: str = "",
    schedule: str = "now",
    *,
    now: datetime = NOW,
    timezone: str = "UTC",
) -> Subscription:
    """Register a chat and let it follow a query, in a transaction of their own."""
    async with db.write() as tx:
        await chats.register(tx, chat_id, now=now, timezone=timezone)
        subscription, _ = await subscriptions.add(tx, chat_id, query, schedule, now=now)
        return subscription


def slugs(items: Sequence[Item]) -> list[str]:
    """Return what items are told apart by."""
    return [item.slug for item in items]
