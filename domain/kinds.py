"""Decides whether an item tells of an event, of a publication, or of other news.

A title that names a gathering or a document decides alone. Where it does not, the start of the body
must show that one of them is the main thing.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.errors import TaxonomyError
from domain.model import Kind
from domain.phrases import Found, PhraseIndex, phrase_words, plain_words
from domain.taxonomy import Evidence, read_evidence, read_languages
from domain.text.stems import LANGUAGES

LEAD_WORDS = 90
"""How many words of a body are asked."""
THRESHOLD = 2.0
"""What title and body must weigh together, or `BODY_ALONE` where the title says nothing of it."""
BODY_ALONE = 2.3
_TITLE_WEAK = 1.0
_HEAD_LAST = frozenset(("zh",))
"""Languages in which the last noun of a title is what it names."""
_EVIDENCE_KEYS = frozenset(("told", "strong", "weak", "not"))


class _Says(Enum):
    """How much a phrase says; the value is its weight in a body."""

    NOTHING = 0.0
    """Evidence inside it means something else."""
    WEAK = 0.5
    STRONG = 1.2
    TOLD = 2.4


KindEvidence = Mapping[Kind, Mapping[str, Evidence]]


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: Kind
    says: _Says


def load_kinds(text: str) -> KindEvidence:
    """Read a kinds file; raises `TaxonomyError` that names the entry."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"kinds: {' '.join(str(error).split())}") from error
    wanted = (Kind.EVENT, Kind.PUBLICATION)
    unknown = sorted(data.keys() - set(wanted))
    if unknown:
        raise TaxonomyError(f"kinds: unknown entry {unknown[0]}")
    kinds: dict[Kind, dict[str, Evidence]] = {}
    for kind in wanted:
        kinds[kind] = {}
        for lang, table in read_languages(data.get(kind, {}), kind).items():
            where = f"{kind}.{lang}"
            if not isinstance(table, dict):
                raise TaxonomyError(f"{where}: must be a table")
            strange = sorted(table.keys() - _EVIDENCE_KEYS)
            if strange:
                raise TaxonomyError(f"{where}: unknown key {strange[0]}")
            kinds[kind][lang] = read_evidence(table, where)
    return kinds


class KindFinder:
    """Finds the kind of texts by one set of evidence."""

    def __init__(self, evidence: KindEvidence) -> None:
        self._evidence = evidence
        self._indexes: dict[str, PhraseIndex[_Mark]] = {}

    def find(self, title: tuple[str, str], body: tuple[str, str], *, spans: bool = False) -> Kind:
        """Return the kind. `title` and `body` are each a text and its language.

        `spans` says that the item is dated by first and last day, as gatherings are.
        """
        titled = self._marks(plain_words(title[0]), title[1])
        named = _named(titled, title[1])
        if named is not None:
            return named
        told = self._marks(plain_words(body[0])[:LEAD_WORDS], body[1])
        best, most = Kind.NEWS, 0.0
        for kind in (Kind.PUBLICATION, Kind.EVENT):
            hints = sum(1 for found in titled if found.value.kind is kind)
            hints += spans and kind is Kind.EVENT
            says = [found.value.says for found in told if found.value.kind is kind]
            weight = hints * _TITLE_WEAK + sum(one.value for one in says)
            clear = says and max(one.value for one in says) >= _Says.STRONG.value
            if clear and weight >= (THRESHOLD if hints else BODY_ALONE) and weight > most:
                best, most = kind, weight
        return best

    def _marks(self, text: Sequence[str], lang: str) -> list[Found[_Mark]]:
        """Return the evidence in a text that does not lie inside a longer phrase of its kind."""
        covered = dict.fromkeys(Kind, 0)
        kept = []
        found = sorted(
            self._index(lang).find(text),
            key=lambda match: (match.start, -match.end, match.value.says is not _Says.NOTHING),
        )
        for match in found:
            if match.end <= covered[match.value.kind]:
                continue
            covered[match.value.kind] = match.end
            if match.value.says is not _Says.NOTHING:
                kept.append(match)
        return kept

    def _index(self, lang: str) -> PhraseIndex[_Mark]:
        lang = lang if lang in LANGUAGES else "en"
        if lang not in self._indexes:
            index: PhraseIndex[_Mark] = PhraseIndex()
            for kind, spoken in self._evidence.items():
                evidence = spoken.get(lang, Evidence())
                for says, phrases in (
                    (_Says.NOTHING, evidence.excluded),
                    (_Says.TOLD, evidence.told),
                    (_Says.STRONG, evidence.strong),
                    (_Says.WEAK, evidence.weak),
                ):
                    for phrase in phrases:
                        index.add(phrase_words(phrase), _Mark(kind, says))
            self._indexes[lang] = index
        return self._indexes[lang]


def _named(titled: Sequence[Found[_Mark]], lang: str) -> Kind | None:
    """Return the kind of the thing that a title names, or None."""
    strong = [found for found in titled if found.value.says in (_Says.STRONG, _Says.TOLD)]
    if not strong:
        return None
    if lang in _HEAD_LAST:
        return strong[-1].value.kind
    head = strong[0]
    for following in strong[1:]:
        if following.start == head.end:
            head = following
    return head.value.kind
