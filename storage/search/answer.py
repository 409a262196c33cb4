"""Answering what a person typed: as typed, or as what was most likely meant, and saying so.

A saved query means what it says; all of this comes before, while somebody is there to see it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product

from domain.errors import QueryError
from domain.model import Item
from domain.query import Names, Query, parse
from domain.query.mend import (
    Typed,
    ideas,
    literal,
    narrower,
    only_without,
    reads_more,
    relaxed,
    typed_words,
    with_words,
)
from domain.query.parser import of_reading
from domain.query.reading import Part, Sort
from domain.query.smallwords import SMALL_WORDS
from domain.spelling import closest, is_correctable, is_telling
from storage.database import Transaction
from storage.search.find import Order, Page, count_items, count_stories, find
from storage.spelling import spelt_like

_PER_WORD = 4
"""So many corrections of a word are considered,"""
_TRIED = 12
"""and so many of a query."""
_MOST_UNKNOWN = 4
"""A query with more words that no item has is not corrected."""
_SUGGESTED = 3
_MOST_IDEAS = 4
"""Only a query with at most so many ideas is answered by what has nearly all of them."""
_COMMONER = 2
"""An idea tells little if so many times more items have it than have the rarest of the query."""


_NO_ITEMS = Page((), 0)


class Read(StrEnum):
    """What was answered."""

    AS_TYPED = "as typed"
    CORRECTED = "corrected"
    LITERALLY = "literally"
    RELAXED = "relaxed"


@dataclass(frozen=True, slots=True)
class Near:
    """A query that asks for less and finds something."""

    query: Query
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and for which query."""

    asked: Query
    """What was typed."""
    query: Query
    """What is answered; differs from `asked` unless read as typed."""
    read: Read
    page: Page
    nearly: Page = _NO_ITEMS
    """Where the first page has room: what has all but the least telling idea, to be shown after."""
    words_only: Query | None = None
    """What was typed without the names, kinds and dates that were read into it, if any were."""
    near: tuple[Near, ...] = ()
    """Where nothing was found: what nearly did, the most telling first."""


async def answer(
    tx: Transaction,
    text: str,
    names: Names,
    *,
    now: datetime,
    limit: int = 10,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
    reader: str | None = None,
) -> Answer:
    """Answer a query as typed, or where it finds nothing what was most likely meant.

    Tried are, until something is found: its words without the names, kinds and dates that were
    read into them; without typing errors; most of its words, where that is still the question.
    Raises `QueryError`.
    """
    person = _Person(tx, names, now, limit, offset, order, reader)
    asked = parse(text, names)
    plain = person.parse(literal(text))
    plain = plain if plain and reads_more(asked, plain) else None
    page = await person.find(asked)
    if page.total:
        nearly = await person.nearly(asked, page)
        return Answer(asked, asked, Read.AS_TYPED, page, nearly, plain)
    if plain is not None:
        page = await person.find(plain)
        if page.total:
            return Answer(asked, plain, Read.LITERALLY, page)
    unknown = await person.unknown(text)
    corrected = await person.corrected(text, unknown)
    if corrected is not None:
        return Answer(asked, corrected, Read.CORRECTED, await person.find(corrected))
    most = relaxed(asked, [typed.word for typed in unknown], names)
    if most is not None:
        page = await person.find(most)
        if page.total:
            return Answer(asked, most, Read.RELAXED, page)
    return Answer(asked, asked, Read.AS_TYPED, _NO_ITEMS, near=await person.near(asked))


@dataclass(frozen=True, slots=True)
class _Person:
    """Who asks, with what is the same for all that is tried."""

    tx: Transaction
    names: Names
    now: datetime
    limit: int
    offset: int
    order: Order
    reader: str | None

    def parse(self, text: str) -> Query | None:
        try:
            return parse(text, self.names)
        except QueryError:
            return None

    async def find(self, query: Query, limit: int | None = None) -> Page:
        return await find(
            self.tx,
            query,
            now=self.now,
            limit=self.limit if limit is None else limit,
            offset=self.offset,
            order=self.order,
            reader=self.reader,
        )

    async def count(self, query: Query) -> int:
        return await count_items(self.tx, query, now=self.now)

    async def finds_any(self, query: Query) -> bool:
        return await count_items(self.tx, query, now=self.now, most=1) > 0

    async def unknown(self, text: str) -> list[Typed]:
        """Return the words that are no name and that no item has."""
        found: list[Typed] = []
        for typed in typed_words(text):
            query = self.parse(typed.word)
            read = query.reading if query else None
            is_word = isinstance(read, Part) and read.sort in (Sort.WORD, Sort.PHRASE)
            if (
                query
                and is_word
                and typed.word not in SMALL_WORDS
                and not await self.finds_any(query)
            ):
                found.append(typed)
                if len(found) > _MOST_UNKNOWN:
                    break
        return found

    async def corrected(self, text: str, unknown: Sequence[Typed]) -> Query | None:
        """Return what finds something when all unknown words, or else one known one, change.

        The fewest errors win, and among as many the words that find most.
        """
        if len(unknown) > _MOST_UNKNOWN:
            return None
        all_typed = [typed for typed in typed_words(text) if typed.word not in SMALL_WORDS]
        if unknown:
            alone = len(all_typed) == 1
            choices = [await self._choices(typed.word, alone=alone) for typed in unknown]
            ways = sorted(_combined(unknown, choices), key=lambda way: way[0])
        else:
            telling = [typed for typed in all_typed if is_telling(typed.word)][:_PER_WORD]
            ways = [
                (errors, {typed: word})
                for typed in telling
                for errors, word in await self._choices(typed.word, alone=False, limit=1)
            ]
        best: tuple[int, Query] | None = None
        fewest = 0
        for errors, changed in ways[:_TRIED]:
            if best is not None and errors > fewest:
                break
            query = self.parse(with_words(text, changed))
            total = await self.count(query) if query else 0
            if query and total > (best[0] if best else 0):
                best, fewest = (total, query), errors
        return best[1] if best else None

    async def _choices(
        self, word: str, *, alone: bool, limit: int | None = None
    ) -> list[tuple[int, str]]:
        """Return what a word can be an error for, with how many errors.

        A short word that is all of a query is only taken for a name.
        """
        if not is_correctable(word):
            return []
        known = set(self.names.spelt_like(word))
        if is_telling(word) or not alone:
            known.update(await spelt_like(self.tx, word))
        return closest(word, known, limit)[:_PER_WORD]

    async def nearly(self, query: Query, full: Page) -> Page:
        """Return what lacks one idea, for the room that is left.

        Of two ideas that is the commonest, if it tells little beside the other. Of three or more
        it is that one first, and then any word.
        """
        room = self.limit - full.total
        asked = ideas(query)
        if self.offset or room <= 0 or self.order is not Order.RELEVANCE:
            return _NO_ITEMS
        if not 2 <= len(asked) <= _MOST_IDEAS:
            return _NO_ITEMS
        found: dict[str, Item] = {}
        for less in (await self._without_commonest(query, asked), relaxed(query, (), self.names)):
            if less is not None:
                page = await self.find(less, self.limit)
                found |= {item.story: item for item in page.items if item.story not in found}
        for item in full.items:
            found.pop(item.story, None)
        return Page(tuple(found.values())[:room], len(found))

    async def _without_commonest(self, query: Query, asked: Sequence[Part]) -> Query | None:
        alone = [(idea, of_reading(idea, self.names)) for idea in asked]
        found = [(idea, await self.count(one)) for idea, one in alone if one]
        commonest, most = max(found, key=lambda one: one[1])
        fewest = min(count for _, count in found)
        rest = only_without(query, commonest, self.names)
        return rest if most >= _COMMONER * fewest else None

    async def near(self, query: Query) -> tuple[Near, ...]:
        found = [
            Near(one, await count_stories(self.tx, one, now=self.now))
            for one in narrower(query, self.names)
        ]
        found.sort(key=lambda one: one.total)
        return tuple(one for one in found if one.total)[:_SUGGESTED]


def _combined(
    unknown: Sequence[Typed], choices: Sequence[Sequence[tuple[int, str]]]
) -> Iterator[tuple[int, dict[Typed, str]]]:
    for chosen in product(*choices):
        changed = {typed: word for typed, (_, word) in zip(unknown, chosen, strict=True)}
        yield sum(errors for errors, _ in chosen), changed
