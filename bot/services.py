"""What the bot is given: values, the store, and the time."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.classify import Classifier
from domain.errors import QueryError
from domain.links import Links
from domain.query import Names, describe, parse
from domain.query.lexicon import LANGUAGE_NAMES
from domain.query.names import Field
from domain.taxonomy import Taxonomy
from domain.zones import Found, Zones
from storage.database import Database

LANGUAGE = "en"
"""The language of all our own words."""


@dataclass(frozen=True, kw_only=True)
class BotServices:
    """Everything that conversations and the sender need."""

    db: Database
    vocabulary: Names
    taxonomy: Taxonomy
    links: Links
    classifier: Callable[[], Classifier]
    """Returns what decides on an item's kind, language, topics and countries."""
    clock: Callable[[], datetime]
    """Returns aware UTC."""
    timezone: str = "UTC"
    """IANA name of a new chat's time zone."""
    find_zone: Callable[[str], Found] = field(default=Zones().find)
    """Returns the time zone that people call so."""
    messages_per_second: float = 30.0
    admin_chats: Collection[int] = ()
    """Chats of the operator."""
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def nudge(self) -> None:
        """Tell the sender that there may be something to send: it looks at once."""
        self.wake.set()

    def within(self, query: str, first: date, last: date) -> str:
        """Return the canonical form of a query that asks for no other days than these two to two.

        The query itself where it cannot be narrowed.
        """
        days = f"after:{first} before:{last + timedelta(days=1)}" if last < date.max else ""
        try:
            return parse(f"({query}) {days}" if query else days, self.vocabulary).canonical
        except QueryError:
            return query

    def language_names(self, code: str) -> tuple[str, ...]:
        """Return what people call a language that stories come in."""
        return tuple(LANGUAGE_NAMES.get(code, {}).values())

    def in_words(self, query: str) -> str:
        """Return how a canonical query is read, for people; nothing for everything."""
        return describe(parse(query, self.vocabulary), self.vocabulary, LANGUAGE) if query else ""

    def topic_name(self, slug: str) -> str:
        """Return what people call a topic; its slug where it has no name."""
        return self.vocabulary.label(Field.TOPIC, slug, LANGUAGE)

    def source_name(self, slug: str) -> str:
        """Return what people call a source; its slug where it has no name."""
        return self.vocabulary.label(Field.SOURCE, slug, LANGUAGE)
