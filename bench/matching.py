"""One new item against 100,000 and 1,000,000 saved queries, beside trying each."""

import gc
import time
from functools import partial
from itertools import islice
from statistics import median

import psutil

from bench import report
from bench.made_up import LAST, TELLING, Plan, item_of, plans, queries
from bench.store import terms_of
from domain.matching import ItemTerms, matches
from domain.model import Item
from domain.query import parse, tree_of
from domain.query.tree import Node
from domain.saved import Frequencies, SavedIndex
from seeds.data import load_vocabulary

SIZES = (100_000, 1_000_000)
SORTS = {"words that tell something": TELLING, "any words, the most frequent too": 0}
SAMPLE = 1_000
ITEMS = 200
TRIED = 20_000
PARSED = 1_000
TODAY = LAST.date()


def run(scale: float) -> None:
    """Measure the index, its memory, and what building it takes."""
    made = [_pair(plan) for plan in plans(SAMPLE + ITEMS)]
    sample, items = made[:SAMPLE], made[SAMPLE:]
    tried = [tree for _, tree in queries(TRIED)]
    loop = report.p95(report.each(lambda pair: _try_each(tried, *pair), items[:5]))
    for size in SIZES:
        count = max(int(size * scale), 1000)
        for sort, first in SORTS.items():
            report.heading(f"matching: {count:,} saved queries of {sort}")
            before, start = _memory(), time.perf_counter()
            index = SavedIndex(Frequencies(sample))
            for number, (_, tree) in enumerate(queries(count, first), start=1):
                index.add(number, tree)
            gc.collect()
            seconds, grown = time.perf_counter() - start, _memory() - before
            report.line("indexed in", f"{seconds:.1f} s", "(trees made on the way, not parsed)")
            report.line("memory", f"{grown / 1e6:,.0f} MB", f"{grown / count:,.0f} bytes a query")
            times = report.each(partial(_ask, index), items)
            found = sum(len(index.matching(*pair, TODAY)) for pair in items) / len(items)
            report.figures("one item", times, f"{found:,.0f} queries match")
            report.ratio("trying each / index", loop * count / TRIED, report.p95(times))
            del index
    texts = [text for text, _ in islice(queries(PARSED), PARSED)]
    vocabulary = load_vocabulary()
    canonical = [parse(text, vocabulary).canonical for text in texts]
    report.heading("reading a saved query, once for each when a worker starts")
    parsed = report.each(lambda text: parse(text, vocabulary), canonical)
    read = report.each(lambda text: tree_of(text, vocabulary), canonical)
    report.figures("its tree", read)
    report.ratio("parsing anew / its tree", median(parsed), median(read))


def _pair(plan: Plan) -> tuple[Item, ItemTerms]:
    return item_of(plan), terms_of(plan)


def _ask(index: SavedIndex, pair: tuple[Item, ItemTerms]) -> list[int]:
    return index.matching(*pair, TODAY)


def _try_each(trees: list[Node], item: Item, terms: ItemTerms) -> int:
    return sum(matches(tree, item, terms, TODAY) for tree in trees)


def _memory() -> int:
    gc.collect()
    return int(psutil.Process().memory_info().rss)
