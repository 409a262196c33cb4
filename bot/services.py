"""What the bot is given: values, the store, and the time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.links import Links
from domain.query import Names, describe, parse
from domain.query.names import Field
from domain.taxonomy import Taxonomy
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
    clock: Callable[[], datetime]
    """Returns aware UTC."""
    timezone: str = "UTC"
    """IANA name of a new chat's time zone."""
    messages_per_second: float = 30.0
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def nudge(self) -> None:
        """Tell the sender that there may be something to send: it looks at once."""
        self.wake.set()

    def in_words(self, query: str) -> str:
        """Return how a canonical query is read, for people; nothing for everything."""
        return describe(parse(query, self.vocabulary), self.vocabulary, LANGUAGE) if query else ""

    def topic_name(self, slug: str) -> str:
        """Return what people call a topic; its slug where it has no name."""
        return self.vocabulary.label(Field.TOPIC, slug, LANGUAGE)

    def source_name(self, slug: str) -> str:
        """Return what people call a source; its slug where it has no name."""
        return self.vocabulary.label(Field.SOURCE, slug, LANGUAGE)
