"""What Topicwire's things are, as frozen values.

Every time is an aware `datetime` in UTC. Texts are plain text: paragraphs of a body are separated
by one blank line, and titles and summaries have no line break.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from domain.quiet import Quiet

TAG_AUTHORITY = "topicwire.invalid,2026"
"""Authority part of our `tag:` URIs (RFC 4151, section 2.1).

The name is reserved (RFC 2606) so nobody else can mint under it, and it does not depend on where a
copy is served, so that every machine gives an item the same id.
"""


PUBLISHER = "newsroom"
"""The source of items that the operator publishes."""


class Kind(StrEnum):
    """What an item tells of: something that happened, a gathering, or a document released."""

    NEWS = "news"
    EVENT = "event"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, order=True)
class Published:
    """When an entry says that it was published: a day, or a time of day too.

    `at` is UTC; for a day alone it is that day's midnight. A printed time without a zone counts
    as UTC.
    """

    at: datetime
    day_only: bool = True

    @classmethod
    def on(cls, day: date) -> "Published":
        """Return the value for a day without a time."""
        return cls(datetime.combine(day, time.min, UTC))

    @classmethod
    def from_iso(cls, text: str) -> "Published":
        """Read what `isoformat` writes; raises `ValueError` for anything else."""
        if len(text) == len("2009-06-22"):
            return cls.on(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return cls(moment.replace(microsecond=0), day_only=False)

    @property
    def day(self) -> date:
        """The day, in UTC."""
        return self.at.date()

    def isoformat(self) -> str:
        """Return `2009-06-22`, or `2013-04-26T15:41:29` where a time is known."""
        return self.day.isoformat() if self.day_only else self.at.replace(tzinfo=None).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as a format read it, before it is classified and stored.

    `None` in `lang`, `kind`, `topics` or `countries` leaves the decision to the classifier.
    """

    title: str
    published: Published | None = None
    published_derived: bool = False
    """True when no date line said so and the date was taken from the text."""
    body: str = ""
    summary: str = ""
    caption: str | None = None
    photo_credit: str | None = None
    link: str | None = None
    key: str | None = None
    """The id that its upstream gives the entry, if it has one."""
    starts: date | None = None
    ends: date | None = None
    lang: str | None = None
    kind: Kind | None = None
    topics: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    urgent: bool = False
    markup: str | None = field(default=None, repr=False)
    """The body as sanitised HTML, where that has more than the text: links, tables, headings.

    It is not in the `repr` by which `storage.identity` knows what a source showed, as links with
    trackers would make everything new at each reading.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry in the store, classified. What the JSON contract calls an item.

    A field that is added here needs a default, for wordings that were kept before have none.
    """

    slug: str
    """Stable last part of the id and of the page's address, e.g. `2009-06-22-3f9a1c0b7d`."""
    source: str
    document: str | None
    link: str | None
    kind: Kind
    lang: str
    """ISO 639-1 code, or `und` where the text does not tell."""
    title: str
    summary: str
    body: str
    caption: str | None
    photo_credit: str | None
    published: Published
    published_derived: bool
    starts: date | None
    ends: date | None
    topics: tuple[str, ...]
    """Topic slugs, in the taxonomy's order."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes, sorted."""
    story: str
    """Shared by the versions of one story; the slug of its first item."""
    urgent: bool
    added: datetime
    updated: datetime
    markup: str | None = None
    """The body as sanitised HTML, if it was asked for and has more than the text."""

    @property
    def id(self) -> str:
        """The item's `tag:` URI (RFC 4151), the same on every machine and in every format."""
        return f"tag:{TAG_AUTHORITY}:{self.slug}"


def slug_of(item_id: str) -> str:
    """Return the slug in an item's `tag:` URI; a slug is returned as it is."""
    return item_id.removeprefix(f"tag:{TAG_AUTHORITY}:")


class ChatState(StrEnum):
    """Whether pushes go to a chat."""

    ACTIVE = "active"
    PAUSED = "paused"
    """By its people."""
    GONE = "gone"
    """Telegram refuses the chat: blocked, deleted, left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A Telegram chat that has talked to the bot."""

    id: int
    """64-bit and signed; groups are negative."""
    state: ChatState
    timezone: str
    """IANA name."""
    language: str | None
    quiet: Quiet | None = None
    daily_limit: int | None = None
    """Most items told one by one in a day of its time zone."""
    empty_digests: bool = False
    """Whether it wants to be told where a digest would have nothing new."""
    paused_until: datetime | None = None
    """`FOREVER` where only its people end the pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A chat's standing query."""

    id: int
    chat_id: int
    query: str
    """Canonical form."""
    schedule: str
    """Canonical form: `now`, `hourly`, `daily HH:MM` or `weekly DAY HH:MM`."""
    created: datetime
    paused_until: datetime | None = None
    """In a pause of its own until then, while that is to come."""
    thread_id: int | None = None
    """The forum topic that its messages go to."""


class Lane(StrEnum):
    """Which queue a delivery waits in."""

    PUSH = "push"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message claimed for sending: an item's push, or a digest of several."""

    id: int
    lane: Lane
    chat_id: int
    subscription_id: int | None
    """The digest's subscription; None for a push, and for a digest of the chat's own."""
    items: tuple[Item, ...]
    """One a story, in the chat's language where there is such a version."""
    also: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """The other versions of an item's story, by the item's slug."""
    begun: bool = False
    """True for a digest of which some messages were taken already: `items` are the rest."""
    attempts: int
    """How often it was tried before this claim."""
    thread_id: int | None = None
    """The forum topic of the chat that it goes to."""
    plain: bool = False
    """True when the formatted text was refused and plain text is to be tried."""
