"""What Topicwire ships besides the documents: topics, places and kinds, as values.

Each function reads its file once a process. The languages of texts are looked up when they are
first met, so that a process which classifies nothing pays for nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from domain.classify import Classifier
from domain.errors import TaxonomyError
from domain.kinds import KindEvidence, KindFinder
from domain.kinds import load_kinds as _load_kinds
from domain.meanings import Meaning, asked, load_meanings
from domain.placefile import Names
from domain.placefile import load_places as _load_places
from domain.places import Places
from domain.query.names import Field, NameIndex
from domain.sources import SourceKind
from domain.stories import Concepts
from domain.taxonomy import Taxonomy
from domain.taxonomy import load_taxonomy as _load_taxonomy
from domain.text.stems import LANGUAGES
from domain.vocabulary import build_vocabulary

_ARTICLES = ("Le ", "La ", "El ", "Los ", "Las ")
_NO_COUNTRY = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "CQ"))


SOURCES = {"unodc": "UNODC", "newsroom": "Newsroom"}
"""The shipped documents' source and the one of items that the operator publishes."""


@cache
def load_taxonomy(topics: Path | None = None) -> Taxonomy:
    """Return the topics that are shipped, or those of an operator's file in their place.

    Raises `TaxonomyError`.
    """
    if topics is None:
        return _load_taxonomy(_read("topics.toml"))
    try:
        text = topics.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise TaxonomyError(f"{topics.name} cannot be read") from None
    return _load_taxonomy(text)


@cache
def load_places() -> Places:
    """Return the countries, with the names of Unicode CLDR, and the regions that are shipped."""
    names, cities = _cldr()
    return _load_places(_read("places.toml"), names, cities)


@cache
def load_kinds() -> KindEvidence:
    """Return the evidence for events and publications that is shipped."""
    return _load_kinds(_read("kinds.toml"))


@cache
def load_thesaurus() -> tuple[Meaning, ...]:
    """Return the meanings that are shipped, for queries and for recognising stories."""
    return load_meanings(_read("thesaurus.toml"))


@cache
def load_classifier(topics: Path | None = None) -> Classifier:
    """Return the classifier for these topics and the places and kinds that are shipped."""
    kinds = KindFinder(load_kinds())
    concepts = Concepts(load_thesaurus())
    return Classifier(load_taxonomy(topics), load_places(), kinds, concepts)


@cache
def load_vocabulary(topics: Path | None = None) -> NameIndex:
    """Return the names that queries may use, with these topics'."""
    groups = [*asked(load_thesaurus()), *_cities_alike()]
    index = build_vocabulary(load_taxonomy(topics), load_places(), groups)
    for slug, name in SOURCES.items():
        index.add(Field.SOURCE, slug, [name], plain=False, labels={"en": name})
    return index


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSource:
    """A source of the field that can be added by its name."""

    name: str
    title: str
    address: str
    kind: SourceKind | None
    """None: to be found out when it is added."""
    seen: str
    """Where the address was found."""


@cache
def load_sources() -> tuple[ShippedSource, ...]:
    """Return the upstream sources that are shipped, none of which is read before it is added."""
    return tuple(
        ShippedSource(
            name=name,
            title=given["title"],
            address=given["address"],
            kind=SourceKind(given["kind"]) if "kind" in given else None,
            seen=given["seen"],
        )
        for name, given in tomllib.loads(_read("sources.toml")).items()
    )


def _read(name: str) -> str:
    return files("seeds").joinpath(name).read_text(encoding="utf-8")


def _cities_alike() -> list[Mapping[str, tuple[str, ...]]]:
    """Return what CLDR's best-known cities are called in each language, with and without article.

    A zone is named after its city in English, where CLDR does not say otherwise.
    """
    from babel import Locale

    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for lang in LANGUAGES:
        for zone, told in Locale.parse(lang).time_zones.items():
            if "city" in told and zone.count("/") == 1:
                city = str(told["city"])
                bare = city.partition(" ")[2] if city.startswith(_ARTICLES) else ""
                english = zone.partition("/")[2].replace("_", " ")
                found.setdefault(zone, {"en": (english,)})[lang] = tuple(filter(None, (city, bare)))
    return [names for names in found.values() if len(names) > 1]


def _cldr() -> tuple[Names, Names]:
    """Return the names of countries and of their best-known cities, by language."""
    from babel import Locale
    from babel.core import get_global

    zones = get_global("zone_territories")
    names: dict[str, dict[str, str]] = {}
    cities: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        locale = Locale.parse(lang)
        names[lang] = {
            code: name
            for code, name in locale.territories.items()
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
        }
        cities[lang] = {
            str(zone["city"]): zones[key]
            for key, zone in locale.time_zones.items()
            if "city" in zone and zones.get(key) in names[lang]
        }
    return names, cities
