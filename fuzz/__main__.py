"""Feeds made-up input to the query parser, the readers of listings and HTML, or the classifier.

    python -m fuzz query --seconds 60

Ends with an error at the first input that raises anything but an `InputError`, or that takes
longer than `SLOWEST` seconds; atheris writes that input to a file.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["domain", "feeds"]):
    from domain.errors import InputError
    from domain.model import Draft
    from domain.query import parse
    from feeds.upstream.formats.markup import is_sanitised, kept_markup
    from feeds.upstream.formats.read import read_document
    from seeds.data import load_classifier, load_vocabulary

SLOWEST = 1.0
SEEDS = Path(__file__).parent.parent / "seeds" / "documents"


def query(data: bytes) -> None:
    """Read a query; what was read must read back as itself."""
    text = data.decode("utf-8", errors="replace")
    found = parse(text, load_vocabulary())
    again = parse(found.canonical, load_vocabulary())
    if again.canonical != found.canonical:
        raise AssertionError("the canonical form is not canonical")


def listing(data: bytes) -> None:
    """Read a document; every line of a listing must be accounted for."""
    document = read_document(data, name="fuzz")
    if document.account is not None:
        numbers = [line.number for line in document.account]
        if len(set(numbers)) != len(numbers):
            raise AssertionError("a line was accounted for twice")


def markup(data: bytes) -> None:
    """Sanitise HTML; what is kept must be safe and stay as it is."""
    kept = kept_markup(data.decode("utf-8", errors="replace"), "https://example.org/")
    if kept and not is_sanitised(kept):
        raise AssertionError("what is kept changes when it is sanitised again")


def classifier(data: bytes) -> None:
    """Classify a text."""
    title, _, body = data.decode("utf-8", errors="replace").partition("\n")
    load_classifier().classify(Draft(title=title, body=body))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "query": query,
    "listing": listing,
    "markup": markup,
    "classifier": classifier,
}


def watched(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Let bad input be refused, and nothing be slow."""

    def run(data: bytes) -> None:
        start = time.process_time()
        with suppress(InputError):
            target(data)
        if time.process_time() - start > SLOWEST:
            raise AssertionError(f"slower than {SLOWEST} s")

    return run


def corpus(target: str, folder: Path) -> None:
    """Write what the fuzzer begins with."""
    if target == "query":
        lines = [b"nigeria 2021", b'"blue heart" -asia OR (kind:event after:2020)']
    elif target == "markup":
        lines = [
            b"<p>a <a href='/b'>c</a></p><table><tr><td>d</table>",
            b"<svg><style><!--</style>",
        ]
    else:
        lines = [path.read_bytes() for path in SEEDS.glob("*.txt")]
    for number, data in enumerate(lines):
        (folder / str(number)).write_bytes(data)


def main() -> None:
    """Fuzz one target for a while."""
    arguments = argparse.ArgumentParser(prog="python -m fuzz")
    arguments.add_argument("target", choices=sorted(TARGETS))
    arguments.add_argument("--seconds", type=int, default=60)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus(chosen.target, Path(folder))
        options = [f"-max_total_time={chosen.seconds}", "-max_len=20000", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], folder, *options], watched(TARGETS[chosen.target]))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
