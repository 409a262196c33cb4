"""Stores filled in bulk: past the ingest, as many items as a benchmark wants in a minute or two."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from bench.made_up import COMMON, Plan, item_of, paragraphs, plans, words
from domain.matching import ItemTerms, item_terms
from domain.text import analyse
from storage.database import Database
from storage.labels import labels_of
from storage.migrate import upgrade
from storage.positions import position_of
from storage.spelling import correctable, spellings
from storage.terms import vector

BATCH = 5_000
_ITEM = (
    "id slug source kind lang title summary body published_at published_day_only"
    " published_derived story urgent given added_at updated_at title_key body_key"
).split()
_SEARCH = "position item_id title body caption labels".split()

Rows = dict[str, list[tuple[Any, ...]]]


def fill_sqlite(path: Path, count: int) -> None:
    """Make a store with so many items."""
    asyncio.run(_migrate(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            store.execute(f"PRAGMA {pragma}")
        (trigger,) = store.execute("SELECT sql FROM sqlite_master WHERE name = 'search_added'")
        store.execute("DROP TRIGGER search_added")
        store.execute("BEGIN")
        for rows in _batches(count, sqlite=True):
            for table, values in rows.items():
                marks = ", ".join("?" * len(values[0]))
                insert = f"INSERT INTO {_into(table)} VALUES ({marks})"
                store.executemany(insert, values)
        store.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
        store.execute(trigger[0])
        store.execute("COMMIT")
        store.execute("PRAGMA journal_mode = WAL")


def fill_postgresql(url: str, count: int) -> None:
    """Make a store with so many items in an empty database."""
    asyncio.run(_migrate(url))
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("DROP INDEX ix_search_vector")
        for rows in _batches(count, sqlite=False):
            for table, values in rows.items():
                with cursor.copy(f"COPY {_into(table)} FROM STDIN".encode()) as copy:
                    for row in values:
                        copy.write_row(row)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("CREATE INDEX ix_search_vector ON search USING gin (vector)")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def terms_of(plan: Plan) -> ItemTerms:
    """Return an item's terms: what `item_terms` says, from paragraphs that were analysed before."""
    body = " ".join(_paragraph_terms()[number] for number in plan.paragraphs)
    if plan.is_common:
        body = f"{body} {' '.join(analyse(COMMON, 'en'))}"
    return ItemTerms(_title_terms(plan.title), body, "")


def same_as_ingest(plan: Plan) -> bool:
    """Tell whether the short cut gives the terms that ingesting would."""
    return terms_of(plan).texts == item_terms(item_of(plan)).texts


def _into(table: str) -> str:
    columns = {
        "item": _ITEM,
        "edition": ["id", "item_id"],
        "search": [*_SEARCH, "vector"],
        "item_topic": ["item_id", "topic", "position"],
        "item_country": ["item_id", "country"],
        "story_version": ["item_id", "story"],
        "word": ["word"],
        "spelling": ["key", "word"],
    }
    return f"{table} ({', '.join(columns[table])})"


def _batches(count: int, *, sqlite: bool) -> Iterator[Rows]:
    known = correctable(words())
    spelt = [(one["key"], one["word"]) for one in spellings(known)]
    yield {"word": [(word,) for word in known], "spelling": spelt}
    rows: Rows = {}
    for number, plan in enumerate(plans(count), start=1):
        _add(rows, plan, sqlite=sqlite)
        if number % BATCH == 0 or number == count:
            yield rows
            rows = {}


def _add(rows: Rows, plan: Plan, *, sqlite: bool) -> None:
    item, terms = item_of(plan), terms_of(plan)
    at: Any = plan.published_at
    added: Any = item.added
    if sqlite:
        at, added = (f"{moment:%Y-%m-%d %H:%M:%S}.000000" for moment in (at, added))
    add = rows.setdefault
    add("item", []).append(
        (
            *(plan.id, item.slug, item.source, item.kind.value, item.lang, item.title),
            *(item.summary, item.body, at, item.published.day_only, False, item.story, False),
            *("", added, added, str(plan.id), str(plan.id)),
        )
    )
    add("edition", []).append((plan.id, plan.id))
    title, body, _ = terms.texts
    lexemes = None if sqlite else vector(terms)
    position = position_of(plan.published_at, plan.id)
    row = (position, plan.id, title, body, "", labels_of(item), lexemes)
    add("search", []).append(row)
    add("item_topic", []).extend((plan.id, topic, 0) for topic in plan.topics)
    add("item_country", []).extend((plan.id, country) for country in plan.countries)
    if plan.has_versions:
        add("story_version", []).append((plan.id, plan.story))


@cache
def _paragraph_terms() -> tuple[str, ...]:
    return tuple(" ".join(analyse(text, "en")) for text in paragraphs())


@cache
def _title_terms(title: str) -> str:
    return " ".join(analyse(title, "en"))


async def _migrate(url: str) -> None:
    db = Database(url)
    await upgrade(db)
    await db.dispose()
