"""The demo from start to its first answer, and what the idle service keeps in memory."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench import report

_START = "from app.cli import main; main()"
_ANSWERS = 60.0
"""In seconds."""
_SETTLES = 3.0


def run(_scale: float) -> None:
    """Measure the command line, the demo's start on a new and on a seeded store, and its memory."""
    report.heading("service")
    report.figures("topicwire --help", [report.timed(_help) for _ in range(5)])
    with tempfile.TemporaryDirectory(prefix="topicwire-bench-") as folder:
        for store in ("to be seeded", "seeded"):
            with _demo(Path(folder)) as (process, seconds):
                time.sleep(_SETTLES)
                idle = process.memory_info().rss / 1e6
                report.line(f"demo answers, store {store}", f"{seconds:.2f} s", f"{idle:,.0f} MB")
    code = "import psutil, domain.language as l; {}; print(psutil.Process().memory_info().rss)"
    cues, model = (_memory(code.format(f"l.detect('{text}')")) for text in _TEXTS)
    rested = _memory(code.format(f"l.detect('{_TEXTS[1]}'); l.forget_model()"))
    report.line("the language model adds", f"{(model - cues) / 1e6:,.0f} MB", "when first asked")
    report.line(
        "of which stays", f"{(rested - cues) / 1e6:,.0f} MB", "a minute after the last text"
    )


_TEXTS = ("the smuggling of migrants in the world", "Gomina")
"""One whose small words tell its language, and one that the model is asked about."""


def _help() -> None:
    _python(_START, "--help")


def _memory(code: str) -> int:
    return int(_python(code))


def _python(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


@contextmanager
def _demo(folder: Path) -> Iterator[tuple[psutil.Process, float]]:
    """Yield the running demo, and how many seconds it took to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _START, "demo", "--port", str(port), "--data-dir", str(folder)]
    start = time.perf_counter()
    with (
        open(os.devnull, "w") as nowhere,  # noqa: PTH123
        subprocess.Popen(command, stderr=nowhere) as process,  # noqa: S603
    ):
        try:
            while not _is_ready(f"http://127.0.0.1:{port}/readyz"):
                if process.poll() is not None or time.perf_counter() - start > _ANSWERS:
                    raise RuntimeError("the demo did not start")
                time.sleep(0.02)
            yield psutil.Process(process.pid), time.perf_counter() - start
        finally:
            process.send_signal(signal.SIGTERM)


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
