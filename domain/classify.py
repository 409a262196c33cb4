"""From a draft to what an item is: kind, language, topics, countries, summary and days.

What the draft says already is kept.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from domain.dates import gathering_days
from domain.kinds import KindFinder
from domain.language import language_of, title_language
from domain.model import Draft, Kind
from domain.places import Places
from domain.stories import Concepts, Telling, TraitReader, Traits
from domain.taxonomy import Taxonomy
from domain.text import summarise
from domain.topics import Reason, TopicFinder
from domain.whereabouts import CountryFinder

READ = 3_000
"""How many characters of a body are read; what it is about stands before that."""
_OPENING = 1_500
"""How many of them tell its language and kind."""
_KEPT = 64
"""So many answers are kept: an item that was just taken in is what the next ones are compared with,
and drafts are read ahead of being stored.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """What the classifier says of a draft."""

    kind: Kind
    lang: str
    topics: tuple[str, ...]
    """Slugs in the taxonomy's order."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes, sorted."""
    summary: str
    starts: date | None
    ends: date | None
    reasons: tuple[Reason, ...]
    """Why it has its topics, heaviest first; empty where the draft said them."""


class Classifier:
    """Classifies drafts by one taxonomy, list of places and set of kinds. Pure: no I/O.

    With a thesaurus it recognises stories across languages and wordings.
    """

    def __init__(
        self,
        taxonomy: Taxonomy,
        places: Places,
        kinds: KindFinder,
        concepts: Concepts | None = None,
    ) -> None:
        self._taxonomy = taxonomy
        self._kinds = kinds
        self._topics = TopicFinder(taxonomy)
        self._countries = CountryFinder(places)
        reader = TraitReader(concepts or Concepts(), self._countries)
        self._traits = lru_cache(_KEPT)(reader.read)
        self._classified = lru_cache(_KEPT)(self._classify)

    def classify(self, draft: Draft) -> Classified:
        """Return what the draft leaves open. Topics that the taxonomy does not know are dropped."""
        return self._classified(replace(draft, body=draft.body[:READ]))

    def traits(self, telling: Telling) -> Traits:
        """Return what an item is compared by when its story is looked for."""
        return self._traits(telling)

    def _classify(self, draft: Draft) -> Classified:
        """Classify a draft whose body is cut to what is read, so that no more of it is kept."""
        body = draft.body or draft.summary[:READ]
        lang = draft.lang or language_of(draft.title, body[:_OPENING])
        title = (draft.title, title_language(draft.title, lang))
        told = (body, lang)
        reasons: tuple[Reason, ...] = ()
        if draft.topics is None:
            topics, reasons = self._topics.find(title, told)
        else:
            topics = self._taxonomy.in_order(set(draft.topics) & {t.slug for t in self._taxonomy})
        day = draft.published.day if draft.published else None
        told_days = None if draft.starts else gathering_days(draft.title, body[:_OPENING], day)
        spans = told_days is not None or (draft.starts is not None and draft.starts != draft.ends)
        kind = draft.kind or self._kinds.find(title, (body[:_OPENING], lang), spans=spans)
        starts, ends = draft.starts, draft.ends
        if told_days is not None and kind is Kind.EVENT:
            starts, ends = told_days
        return Classified(
            kind=kind,
            lang=lang,
            topics=topics,
            countries=(
                self._countries.find(title, told, gathering=kind is Kind.EVENT)
                if draft.countries is None
                else tuple(sorted(set(draft.countries)))
            ),
            summary=draft.summary or summarise(draft.body),
            starts=starts,
            ends=ends,
            reasons=reasons,
        )
