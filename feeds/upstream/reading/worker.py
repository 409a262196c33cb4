"""The worker process: reads tasks from stdin and writes answers to stdout until stdin ends."""

import os
import resource
import sys
from dataclasses import replace
from typing import BinaryIO

from domain.errors import TopicwireError
from feeds.upstream.formats.document import Document
from feeds.upstream.formats.read import read_document
from feeds.upstream.formats.source import read_source
from feeds.upstream.reading.wire import ANSWER, LENGTH, TASK, Answer, Task

MEMORY = 1 << 30
"""Bytes of address space; a parser that wants more gets a `MemoryError`."""
_NICE = 10
"""Readers and chats go first."""


def main() -> None:
    """Answer tasks until stdin ends."""
    import feedparser  # noqa: F401 - before the limits, as it opens files

    _limit()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (task := _part(source)) is not None:
        data = _part(source)
        answer = _answer(TASK.validate_json(task), data or b"")
        target.write(len(answer).to_bytes(LENGTH))
        target.write(answer)
        target.flush()


def _answer(task: Task, data: bytes) -> bytes:
    try:
        return ANSWER.dump_json(Answer(document=replace(_read(task, data), account=None)))
    except TopicwireError as error:
        problem = str(error)
    except (MemoryError, RecursionError):
        problem = "it takes too much memory to read"
    except Exception as error:  # noqa: BLE001 - whatever a parser stumbles over is the document's
        problem = f"it cannot be read ({type(error).__name__})"
    return ANSWER.dump_json(Answer(problem=problem))


def _read(task: Task, data: bytes) -> Document:
    if task.name is not None:
        return read_document(data, name=task.name)
    return read_source(
        data,
        kind=task.kind,
        address=task.address,
        charset=task.charset,
        selectors=task.selectors,
    )


def _limit() -> None:
    os.nice(_NICE)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _part(source: BinaryIO) -> bytes | None:
    length = source.read(LENGTH)
    return source.read(int.from_bytes(length)) if len(length) == LENGTH else None


if __name__ == "__main__":
    main()
