"""What feeds, pages and API share: the services, and how this site words and addresses things."""

from collections.abc import Callable, Collection, Iterator
from urllib.parse import urlsplit

from starlette.requests import Request

from domain.errors import GoneError, NotFoundError
from domain.links import Links
from domain.matching import ItemTerms, matches
from domain.model import Item
from domain.query import EVERYTHING, Field, Query, describe, parse
from domain.query.tree import CountryIs, Everything, TopicIs
from domain.taxonomy import Topic
from feeds.web.names import LANGUAGE, EnglishNames
from feeds.web.services import WebServices
from feeds.web.tongue import PARAMETER, Tongue, chosen, tongues


class Site:
    """The services with what follows from them."""

    def __init__(self, services: WebServices):
        self.services = services
        self.names = EnglishNames(services.vocabulary)
        self.root = urlsplit(services.links.public_url).path
        """Path below which the site is reached from outside; empty or `/…` without a last slash."""
        self.outside = Links(self.root)
        """Addresses for links and redirects: right for whatever host name the reader used."""
        self.inside = Links("")
        """Addresses as requests have them when they get here."""
        self.tongues = tongues(services.vocabulary, self.outside)

    def parse(self, text: str) -> Query:
        """Read a query; raises `QueryError`."""
        return parse(text, self.services.vocabulary)

    def named(self, field: Field, text: str) -> Query:
        """Return the query for one topic's or country's items; raises `NotFoundError`.

        A topic that was given up raises `GoneError`, so that readers stop asking for its feeds.
        """
        if field is Field.TOPIC and text in self.services.taxonomy.retired:
            raise GoneError("This topic is not kept any more.")
        found = self.services.vocabulary.value(field, text)
        if found is None:
            raise NotFoundError(f"There is no such {field}.")
        return self.parse(f"{field}:{found.value}")

    def touching(self, query: Query) -> Callable[[Item, ItemTerms], bool]:
        """Return what tells, today (UTC), of a new item whether it is in a query's answer."""
        today = self.services.clock().date()
        return lambda item, terms: matches(query.tree, item, terms, today)

    def touching_page(
        self, query: Query, stories: Collection[str]
    ) -> Callable[[Item, ItemTerms], bool]:
        """Return what tells of a new item whether a page is to be made anew.

        That is one that answers a query, or tells of these stories whatever versions they have.
        """
        answers = self.touching(query)
        return lambda item, terms: item.story in stories or answers(item, terms)

    def tongue(self, request: Request) -> Tongue:
        """Return the language that a page is asked for in."""
        return self.tongues[chosen(request.query_params.get(PARAMETER))]

    def topic_tree(self) -> list[tuple[int, Topic]]:
        """Return all topics with their depth from 0, each after its parent."""

        def below(parent: str | None, depth: int) -> Iterator[tuple[int, Topic]]:
            for topic in self.services.taxonomy.children(parent):
                yield depth, topic
                yield from below(topic.slug, depth + 1)

        return list(below(None, 0))

    def name_of(self, query: Query, lang: str = LANGUAGE) -> str:
        """Return what a query's page and feed are called; empty for everything."""
        match query.tree:
            case Everything():
                return ""
            case TopicIs(slug):
                return self.tongues[lang].names.topic(slug)
            case CountryIs(codes) if len(codes) == 1:
                return self.tongues[lang].names.country(*codes)
        return self.describe(query, lang)

    def describe(self, query: Query, lang: str = LANGUAGE) -> str:
        """Return how a query was read, in words."""
        return describe(query, self.services.vocabulary, lang)

    def feed_title(self, query: Query) -> str:
        """Return the title of a query's feed."""
        name = self.name_of(query)
        return f"{self.services.title}: {name}" if name else self.services.title

    def feeds_of(self, *queries: Query) -> list[tuple[str, str]]:
        """Return canonical form and title of the feeds that a page offers, everything last."""
        offered = {query.canonical: self.feed_title(query) for query in (*queries, EVERYTHING)}
        return list(offered.items())
