"""A language that a page speaks: its words, its names for things, and links that stay in it.

The language is part of the address (`?ui=ar`), so that a page can be kept and passed on; a reader
who never chose gets English at the address without it, which is the canonical one.
"""

from dataclasses import dataclass

from domain.links import Links
from domain.query import Names
from feeds.publish.content import direction
from feeds.web.names import LANGUAGE, LocalNames, language_name
from feeds.web.words import LANGUAGES, Words, words_in

PARAMETER = "ui"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses of this site's pages in one language, and of what has no language."""

    links: Links
    lang: str

    def at(self, path: str) -> str:
        """Return the page at a path below the site's root."""
        return self._spoken(f"{self.links.public_url}{path}")

    def item(self, slug: str) -> str:
        """Return the page of an item."""
        return self._spoken(self.links.item(slug))

    def topic(self, slug: str) -> str:
        """Return the page of a topic."""
        return self._spoken(self.links.topic(slug))

    def country(self, code: str) -> str:
        """Return the page of a country."""
        return self._spoken(self.links.country(code))

    def search(self, query: str) -> str:
        """Return the page that answers a query: front page, topic, country or search."""
        return self._spoken(self.links.search(query))

    def timeline(self, query: str) -> str:
        """Return the timeline of a canonical query."""
        return self._spoken(self.links.timeline(query))

    def _spoken(self, address: str) -> str:
        return address if self.lang == LANGUAGE else spoken(address, self.lang)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One of `LANGUAGES` with everything that a template needs of it."""

    lang: str
    words: Words
    names: LocalNames
    links: PageLinks

    @property
    def direction(self) -> str:
        """The HTML `dir` value."""
        return direction(self.lang)


def spoken(address: str, lang: str) -> str:
    """Return the address of the same page in a language."""
    if lang == LANGUAGE:
        return address
    path, mark, rest = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={lang}{mark}{rest}"


def chosen(value: str | None) -> str:
    """Return the language that `?ui=` asks for; English for none and for what we do not speak."""
    return value if value in LANGUAGES else LANGUAGE


def tongues(names: Names, links: Links) -> dict[str, Tongue]:
    """Return all languages by code."""
    return {
        lang: Tongue(lang, words_in(lang), LocalNames(names, lang), PageLinks(links, lang))
        for lang in LANGUAGES
    }


def own_names() -> dict[str, str]:
    """Return what each language calls itself, by code."""
    return {lang: language_name(lang) for lang in LANGUAGES}
