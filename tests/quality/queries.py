"""How well queries are answered, against what a reader says that they are to find."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2
from pathlib import Path

from domain.model import Item
from domain.query import EVERYTHING
from seeds import SOURCE
from seeds.data import load_classifier, load_vocabulary
from seeds.load import seed_documents
from storage import search
from storage.database import Database
from storage.ingest import ingest
from storage.search import Order, find

NOW = datetime(2022, 2, 1, tzinfo=UTC)
DEPTH = 10
_FOLDER = Path(__file__).parents[1] / "data" / "judgements"
SETS = ("queries", "second_queries")
_GRADES = {"best": 3, "good": 2, "related": 1}


@dataclass(frozen=True)
class Asked:
    """A query with what a reader says: item → grade from 1 to 3."""

    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Answered:
    """What came of a query: titles for people to read, and a figure."""

    asked: Asked
    titles: Sequence[str]
    ndcg: float
    """From 0 to 1; for a query about nothing in the store 1 if nothing was offered."""


def judgements(name: str) -> list[Asked]:
    """Return the queries of a set; items are named by day and start of title."""
    text = (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return [
        Asked(text, {name: grade for key, grade in _GRADES.items() for name in one.get(key, ())})
        for one in tomllib.loads(text)["query"]
        for text in one["texts"]
    ]


async def fill(db: Database) -> None:
    """Put the shipped documents into an empty store."""
    for name, document in seed_documents():
        async with db.write() as tx:
            await ingest(
                tx,
                document.drafts,
                source=SOURCE,
                document=name,
                classifier=load_classifier(),
                now=NOW,
                push=False,
            )


async def answer_all(db: Database, name: str) -> list[Answered]:
    """Answer the judged queries of a set from a filled store."""
    async with db.read() as tx:
        everything = await find(tx, EVERYTHING, now=NOW, limit=1000, order=Order.NEWEST)
    items = [*everything.items, *(item for also in everything.also.values() for item in also)]
    return [await _answer(db, asked, items) for asked in judgements(name)]


async def _answer(db: Database, asked: Asked, items: Sequence[Item]) -> Answered:
    found = await answer(db, asked.text)
    grades = {
        item.slug: grade for name, grade in asked.grades.items() for item in _named(name, items)
    }
    return Answered(asked, [item.title for item in found], _ndcg(found, items, grades))


async def answer(db: Database, text: str) -> Sequence[Item]:
    """Return the first items that a person is shown."""
    async with db.read() as tx:
        found = await search.answer(tx, text, load_vocabulary(), now=NOW, limit=DEPTH)
    return (*found.page.items, *found.nearly.items)


def _named(name: str, items: Iterable[Item]) -> list[Item]:
    day, title = name.split(" ", 1)
    found = [
        item
        for item in items
        if item.published.day.isoformat() == day and item.title.startswith(title)
    ]
    assert len(found) == 1, f"{name}: {len(found)} items"
    return found


def _ndcg(found: Sequence[Item], items: Sequence[Item], grades: Mapping[str, int]) -> float:
    """Return the normalised discounted gain of an answer; a story's grade is its best item's."""
    if not grades:
        return float(not found)
    stories: dict[str, int] = {}
    for item in items:
        stories[item.story] = max(stories.get(item.story, 0), grades.get(item.slug, 0))
    shown = dict.fromkeys(item.story for item in found)
    ideal = sorted(stories.values(), reverse=True)
    return _gain([stories[story] for story in shown]) / _gain(ideal[:DEPTH])


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / log2(place + 2) for place, grade in enumerate(grades))
