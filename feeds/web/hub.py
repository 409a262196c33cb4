"""Telling a WebSub hub which feeds have something new (W3C Recommendation WebSub, section 5)."""

import asyncio

import aiohttp
import structlog

from domain.links import Links
from domain.query import EVERYTHING
from feeds.publish.render import FORMATS
from feeds.web.documents import Documents
from storage.changes import News

TRIES = 5
AT_ONCE = 4
PATIENCE = aiohttp.ClientTimeout(total=10)
_QUERY_FEED = "/search/feed."
_PARTS = ("page=", "archive=")

log = structlog.get_logger(__name__)


class HubPinger:
    """Keeps which feeds have changed until the hub has been told.

    Feeds of everything, of topics and of countries are always told; those of other queries where
    somebody has asked this process for them, as a hub does before it follows one. What could not
    be told is tried again with every `tick`, `TRIES` times in all.
    """

    def __init__(self, hub: str, links: Links, documents: Documents):
        self._hub = hub
        self._links = links
        self._documents = documents
        self._waiting: dict[str, int] = {}
        self._ready: dict[str, int] = {}

    def note(self, news: News) -> None:
        """Take note of a change, after `Documents.observe` did."""
        if news.added == ():
            return
        queries = {EVERYTHING.canonical}
        for _, item in news.added or ():
            queries |= {f"topic:{topic}" for topic in item.topics}
            queries |= {f"country:{country.lower()}" for country in item.countries}
        feeds = {self._links.feed(query, extension) for query in queries for extension in FORMATS}
        stale = self._documents.stale(_QUERY_FEED)
        feeds |= {
            self._links.public_url + address
            for address in stale
            if not any(part in address for part in _PARTS)
        }
        self._waiting |= dict.fromkeys(feeds, TRIES)

    async def tick(self) -> None:
        """Tell the hub what was noted before the last tick; call it about once a second.

        A hub fetches at once, and by then every process has to know what is new.
        """
        telling, self._ready = self._ready, self._waiting
        self._waiting = {}
        if not telling:
            return
        limit = asyncio.Semaphore(AT_ONCE)
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:

            async def tell(feed: str) -> bool:
                async with limit:
                    return await self._tell(session, feed)

            done = await asyncio.gather(*map(tell, telling))
        for feed, told in zip(telling, done, strict=True):
            if not told and telling[feed] > 1:
                self._ready.setdefault(feed, telling[feed] - 1)

    async def _tell(self, session: aiohttp.ClientSession, feed: str) -> bool:
        # The recommendation leaves the parameters open: hubs want one name or the other.
        asked = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
        try:
            async with session.post(self._hub, data=asked) as answer:
                if answer.ok:
                    return True
                why = f"status {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            why = type(error).__name__
        log.warning("the hub was not told of a feed", why=why)
        return False
