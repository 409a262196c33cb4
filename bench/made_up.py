"""Made-up items and queries: words by Zipf's law, lengths like those of news, seeded.

Words have the endings of English, so that queries reach for several stems as real ones do. Bodies
are put together from some thousand paragraphs, which is fast enough for a million items.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from domain.model import Item, Kind, Published
from domain.query.tree import And, CountryIs, Node, Not, Or, TopicIs, Word
from domain.text import variants
from seeds.data import load_taxonomy

COMMON = "harbouring"
"""A word in every tenth item."""
WORDS = 30_000
TELLING = 200
"""Rank of the first word that tells something: one item in fifteen has it."""
PARAGRAPHS = 4_000
PARAGRAPH_WORDS = 20
LONGEST = 6
"""Paragraphs of a body; the mean is half of it."""
COUNTRIES = ("NG", "FR", "TH", "KE", "AL", "RS", "CN", "EG", "MX", "UA", "IN", "BR")
SOURCES = ("agency", "ministry", "newsroom")
FIRST = datetime(2008, 1, 1, tzinfo=UTC)
LAST = datetime(2024, 1, 1, tzinfo=UTC)

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_ENDINGS = ("", "", "s", "ing", "ed", "ation", "er", "ment")


@cache
def words() -> tuple[str, ...]:
    """Return the vocabulary, the commonest word first."""
    chance = random.Random(1)
    made: dict[str, None] = {}
    while len(made) < WORDS:
        syllables = chance.choice((2, 2, 3, 3, 4))
        stem = "".join(
            chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables)
        )
        made[stem + chance.choice(_CONSONANTS) + chance.choice(_ENDINGS)] = None
    return tuple(made)


def zipf_words(count: int, chance: random.Random) -> list[str]:
    """Return words as often as Zipf's law has them."""
    return chance.choices(words(), cum_weights=_weights(), k=count)


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 10) for rank in range(WORDS)))


@dataclass(frozen=True, slots=True)
class Plan:
    """What an item is made of: paragraphs and a title by number, and its labels."""

    id: int
    title: str
    paragraphs: tuple[int, ...]
    is_common: bool
    published_at: datetime
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    kind: Kind
    source: str
    story: str
    """The slug of another item for every fourth one, which is a version of the one before it."""

    @property
    def slug(self) -> str:
        """What the item is told apart by."""
        return slug_of(self.id, self.published_at)

    @property
    def has_versions(self) -> bool:
        """Whether the story is told by two items."""
        return self.id % 4 in (3, 0)


def slug_of(number: int, published_at: datetime) -> str:
    """Return the slug of the item with a number."""
    return f"{published_at:%Y-%m-%d}-{number:010x}"


@cache
def paragraphs() -> tuple[str, ...]:
    """Return the paragraphs that bodies are put together from."""
    chance = random.Random(2)
    return tuple(" ".join(zipf_words(PARAGRAPH_WORDS, chance)) for _ in range(PARAGRAPHS))


def plans(count: int) -> Iterator[Plan]:
    """Yield so many items, in no order of time; every tenth has the common word."""
    chance = random.Random(3)
    slugs = [topic.slug for topic in load_taxonomy()]
    span = int((LAST - FIRST).total_seconds())
    titles = [" ".join(zipf_words(chance.randint(4, 10), chance)) for _ in range(PARAGRAPHS)]
    before = ""
    for number in range(1, count + 1):
        second = FIRST + timedelta(seconds=chance.randrange(span))
        midnight = second.replace(hour=0, minute=0, second=0)
        published_at = midnight if number % 2 else second
        slug = slug_of(number, published_at)
        yield Plan(
            id=number,
            title=titles[chance.randrange(PARAGRAPHS)],
            paragraphs=tuple(
                chance.randrange(PARAGRAPHS) for _ in range(chance.randint(1, LONGEST))
            ),
            is_common=number % 10 == 0,
            published_at=published_at,
            topics=tuple({slugs[min(int(chance.expovariate(0.25)), len(slugs) - 1)]}),
            countries=tuple({COUNTRIES[min(int(chance.expovariate(0.5)), len(COUNTRIES) - 1)]}),
            kind=(Kind.NEWS, Kind.NEWS, Kind.EVENT, Kind.PUBLICATION)[number % 4],
            source=SOURCES[number % 3],
            story=slug if number % 4 else before,
        )
        before = slug


def item_of(plan: Plan) -> Item:
    """Return the item that a plan is for."""
    body = "\n\n".join(paragraphs()[number] for number in plan.paragraphs)
    return Item(
        slug=plan.slug,
        source=plan.source,
        document=None,
        link=None,
        kind=plan.kind,
        lang="en",
        title=plan.title,
        summary=paragraphs()[plan.paragraphs[0]],
        body=f"{body} {COMMON}" if plan.is_common else body,
        caption=None,
        photo_credit=None,
        published=Published(plan.published_at, day_only=plan.id % 2 == 1),
        published_derived=False,
        starts=None,
        ends=None,
        topics=plan.topics,
        countries=plan.countries,
        story=plan.story,
        urgent=False,
        added=LAST,
        updated=LAST,
    )


def queries(count: int, first: int = TELLING) -> Iterator[tuple[str, Node]]:
    """Yield different saved queries with their trees, which parsing all would take minutes for.

    Mostly one to four words, as often as items have them but for those before rank `first`; some
    with a filter, an alternative or a negation.
    """
    chance = random.Random(5)
    slugs = [topic.slug for topic in load_taxonomy()]
    seen: set[str] = set()
    while len(seen) < count:
        texts = _telling_words(chance.choice((1, 2, 2, 3, 4)), chance, first)
        parts: list[Node] = [_word(text) for text in texts]
        match chance.randrange(8):
            case 0:
                slug = chance.choice(slugs)
                texts.append(f"topic:{slug}")
                parts.append(TopicIs(slug))
            case 1:
                code = chance.choice(COUNTRIES)
                texts.append(f"country:{code.lower()}")
                parts.append(CountryIs(frozenset((code,))))
            case 2:
                (word,) = _telling_words(1, chance, first)
                texts.append(f"-{word}")
                parts.append(Not(_word(word)))
            case 3:
                (word,) = _telling_words(1, chance, first)
                texts[0] = f"({texts[0]} OR {word})"
                parts[0] = Or((parts[0], _word(word)))
        text = " ".join(texts)
        if text not in seen:
            seen.add(text)
            yield text, parts[0] if len(parts) == 1 else And(tuple(parts))


def _telling_words(count: int, chance: random.Random, first: int) -> list[str]:
    telling, weights = _telling(first)
    return chance.choices(telling, cum_weights=weights, k=count)


@cache
def _telling(first: int) -> tuple[Sequence[str], Sequence[float]]:
    return words()[first:], list(accumulate(1 / (rank + 10) for rank in range(first, WORDS)))


@cache
def _word(text: str) -> Word:
    return Word(text, tuple(variants(text)))
