"""The topics: a tree, with names and evidence in each language. Read from one TOML file.

The file's format is explained at its head; see `seeds/topics.toml`.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from domain.errors import TaxonomyError
from domain.evidence import is_well_formed
from domain.text.stems import LANGUAGES

_TOPIC_KEYS = frozenset(("slug", "parent", "subject", *LANGUAGES))
_LANGUAGE_KEYS = frozenset(("name", "also", "strong", "likely", "weak", "not"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Phrases that speak for something, in one language."""

    strong: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    """Phrases that say less than strong ones where they stand in a long body."""
    weak: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Phrases in which the evidence means something else."""
    told: tuple[str, ...] = ()
    """Phrases that settle it in the first words of a body, where the title is silent."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that items are sorted under."""

    slug: str
    names: Mapping[str, str]
    """What readers see, by language."""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other words that people ask for it with, by language."""
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """What makes an item belong here, by language."""
    parent: str | None = None
    subject: bool = False
    """Whether a body that is on another subject alone must belong to another title."""


class Taxonomy:
    """The topics in the order of their file, which is the order they are shown in."""

    def __init__(
        self,
        topics: Sequence[Topic],
        ignored: Mapping[str, tuple[str, ...]] | None = None,
        retired: Collection[str] = (),
    ) -> None:
        """Raise `TaxonomyError` for a slug given twice, an unknown parent or a circle of parents.

        `ignored` are phrases, by language, inside which nothing is evidence; `retired` are slugs
        of topics that were given up.
        """
        self.retired = frozenset(retired)
        self._topics = {topic.slug: topic for topic in topics}
        self.ignored: Mapping[str, tuple[str, ...]] = ignored or {}
        seen: set[str] = set()
        for topic in topics:
            if topic.slug in seen:
                raise TaxonomyError(f"topic {topic.slug}: there are two with this slug")
            if topic.slug in self.retired:
                raise TaxonomyError(f"topic {topic.slug}: is retired, and there all the same")
            seen.add(topic.slug)
        for topic in topics:
            self._check_parents(topic)

    def _check_parents(self, topic: Topic) -> None:
        seen = {topic.slug}
        parent = topic.parent
        while parent is not None:
            if parent not in self._topics:
                raise TaxonomyError(f"topic {topic.slug}: no topic {parent} to be its parent")
            if parent in seen:
                raise TaxonomyError(f"topic {topic.slug}: is its own ancestor")
            seen.add(parent)
            parent = self._topics[parent].parent

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics.values())

    def __len__(self) -> int:
        return len(self._topics)

    def __contains__(self, slug: object) -> bool:
        return slug in self._topics

    def get(self, slug: str) -> Topic | None:
        """Return the topic, or None."""
        return self._topics.get(slug)

    def name(self, slug: str, lang: str) -> str:
        """Return what a topic is called, in English where `lang` has no name for it."""
        topic = self._topics.get(slug)
        if topic is None:
            return slug
        return topic.names.get(lang) or topic.names["en"]

    def children(self, slug: str | None) -> tuple[Topic, ...]:
        """Return the topics right under one, or the top of the tree for None."""
        return tuple(topic for topic in self if topic.parent == slug)

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Return the slugs above a topic, nearest first."""
        found = []
        topic = self._topics.get(slug)
        while topic is not None and topic.parent is not None:
            found.append(topic.parent)
            topic = self._topics.get(topic.parent)
        return tuple(found)

    def in_order(self, slugs: set[str]) -> tuple[str, ...]:
        """Return those of `slugs` that are topics, with their ancestors, in the file's order."""
        wanted = slugs.union(*(self.ancestors(slug) for slug in slugs))
        return tuple(slug for slug in self._topics if slug in wanted)


def load_taxonomy(text: str) -> Taxonomy:
    """Read a topics file; raises `TaxonomyError` that names the entry."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"topics: {' '.join(str(error).split())}") from error
    unknown = sorted(data.keys() - {"topic", "ignore", "retired"})
    if unknown:
        raise TaxonomyError(f"topics: unknown entry {unknown[0]}")
    entries = data.get("topic", [])
    if not isinstance(entries, list) or not entries:
        raise TaxonomyError("topics: there is no [[topic]]")
    ignored = read_languages(data.get("ignore", {}), "ignore")
    topics = [_topic(entry, place) for place, entry in enumerate(entries, 1)]
    retired = data.get("retired", [])
    if not isinstance(retired, list) or not all(map(_is_slug, retired)):
        raise TaxonomyError("retired: must be a list of slugs")
    return Taxonomy(
        topics,
        {lang: read_phrases(given, f"ignore {lang}") for lang, given in ignored.items()},
        retired,
    )


def _topic(entry: object, place: int) -> Topic:
    where = f"topic number {place}"
    if not isinstance(entry, dict):
        raise TaxonomyError(f"{where}: must be a table")
    slug = entry.get("slug")
    if not _is_slug(slug):
        raise TaxonomyError(f"{where}: slug must be small letters, digits and single hyphens")
    where = f"topic {slug}"
    unknown = sorted(entry.keys() - _TOPIC_KEYS)
    if unknown:
        raise TaxonomyError(f"{where}: unknown key {unknown[0]}")
    parent = entry.get("parent")
    if parent is not None and not isinstance(parent, str):
        raise TaxonomyError(f"{where}: parent must be a slug")
    subject = entry.get("subject", False)
    if not isinstance(subject, bool):
        raise TaxonomyError(f"{where}: subject must be true or false")
    spoken = read_languages({key: value for key, value in entry.items() if key in LANGUAGES}, where)
    names: dict[str, str] = {}
    also: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, Evidence] = {}
    for lang, table in spoken.items():
        names[lang], also[lang], evidence[lang] = _in_language(table, f"{where}, {lang}")
    if "en" not in names:
        raise TaxonomyError(f"{where}: has no English name")
    return Topic(slug, names, also, evidence, parent, subject)


def _in_language(table: object, where: str) -> tuple[str, tuple[str, ...], Evidence]:
    if not isinstance(table, dict):
        raise TaxonomyError(f"{where}: must be a table")
    unknown = sorted(table.keys() - _LANGUAGE_KEYS)
    if unknown:
        raise TaxonomyError(f"{where}: unknown key {unknown[0]}")
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise TaxonomyError(f"{where}: name must be a text")
    also = read_phrases(table.get("also", []), f"{where}, also")
    return name, also, read_evidence(table, where)


def read_evidence(table: Mapping[str, object], where: str) -> Evidence:
    """Read the phrases of a table; raises `TaxonomyError` that starts with `where`."""
    strong, likely, weak, excluded, told = (
        read_phrases(table.get(key, []), f"{where}, {key}")
        for key in ("strong", "likely", "weak", "not", "told")
    )
    return Evidence(strong, likely, weak, excluded, told)


def read_languages(table: object, where: str) -> dict[str, object]:
    """Return a table whose keys are languages that we know; raises `TaxonomyError`."""
    if not isinstance(table, dict):
        raise TaxonomyError(f"{where}: must be a table")
    unknown = sorted(table.keys() - set(LANGUAGES))
    if unknown:
        raise TaxonomyError(f"{where}: unknown language {unknown[0]}")
    return table


def read_phrases(given: object, where: str) -> tuple[str, ...]:
    """Return a list of phrases; raises `TaxonomyError` that starts with `where`."""
    if not isinstance(given, list):
        raise TaxonomyError(f"{where}: must be a list of phrases")
    for phrase in given:
        if not isinstance(phrase, str) or not is_well_formed(phrase):
            raise TaxonomyError(f"{where}: {phrase!r} is no phrase")
    return tuple(given)


def _is_slug(text: object) -> TypeGuard[str]:
    if not isinstance(text, str):
        return False
    parts = text.split("-")
    return text.isascii() and text == text.lower() and all(part.isalnum() for part in parts)
