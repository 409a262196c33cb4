"""Measuring and printing."""

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def heading(text: str) -> None:
    """Begin a part of the report."""
    print(f"\n{text}", flush=True)


def line(name: str, value: str, note: str = "") -> None:
    """Print one figure."""
    print(f"  {name:<70} {value:>24}  {note}".rstrip(), flush=True)


def figures(name: str, times: Sequence[float], note: str = "") -> None:
    """Print the median and the 95th percentile of times in seconds."""
    line(name, f"p50 {_ms(median(times))}  p95 {_ms(p95(times))}", note)


def ratio(name: str, baseline: float, ours: float) -> None:
    """Print how many times faster than a baseline something is."""
    line(name, f"{baseline / ours:,.1f} times", f"({_ms(baseline)} against {_ms(ours)} ms)")


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def each(work: Callable[[T], object], values: Iterable[T]) -> list[float]:
    """Return how long a call takes for each value: the best of three, as others use the machine."""
    return [min(timed(partial(work, value)) for _ in range(3)) for value in values]


async def awaited(work: Callable[[], Awaitable[object]]) -> float:
    """Return how many seconds an awaited call takes."""
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.4f}" if seconds < 0.0001 else f"{seconds * 1000:,.2f}"
