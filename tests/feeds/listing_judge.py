"""Compares what the listing reader made of a document with the reading written down for it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol, TypedDict

from domain.model import Draft

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "listings"
SEEDS = ROOT / "seeds" / "documents"


class ExpectedItem(TypedDict):
    """One item, as `tests/data/listings/README.md` describes it."""

    title: str
    published: str
    derived: bool
    body: str
    caption: str | None
    photo_credit: str | None
    starts: str | None
    ends: str | None
    lines: list[int]


class ExpectedLine(TypedDict):
    """A line that belongs to no item."""

    line: int
    reason: str


class Expected(TypedDict):
    """The reading of one document."""

    document: str
    items: list[ExpectedItem]
    skipped: list[ExpectedLine]
    noise: list[ExpectedLine]


class EntryLike(Protocol):
    """What the judge needs of an entry."""

    @property
    def draft(self) -> Draft: ...
    @property
    def lines(self) -> Iterable[int]: ...


class LineLike(Protocol):
    """What the judge needs of a line's account; roles are named ITEM, SKIPPED and NOISE."""

    @property
    def number(self) -> int: ...
    @property
    def role(self) -> Enum: ...


class ListingLike(Protocol):
    """What the judge needs of a listing."""

    @property
    def entries(self) -> Sequence[EntryLike]: ...
    @property
    def account(self) -> Sequence[LineLike]: ...


@dataclass(frozen=True)
class Case:
    """A document with its reading."""

    document: Path
    expected: Expected

    @property
    def text(self) -> str:
        """The document's text, without a byte order mark and with its line ends as stored."""
        return self.document.read_bytes().decode("utf-8-sig")

    @property
    def lines(self) -> list[str]:
        """The document's lines; line 1 is the first."""
        return re.split(r"\r\n|\n|\r", self.text)


def cases(*, unseen: bool) -> list[Case]:
    """Return the seed documents or the unseen ones, with their readings."""
    folder, documents = (DATA / "unseen", DATA / "unseen") if unseen else (DATA, SEEDS)
    return [
        Case(documents / f"{path.stem}.txt", json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    ]


def roles(expected: Expected) -> dict[int, str]:
    """Return each non-blank line's role: `item`, `skipped` or `noise`."""
    found = {line: "item" for item in expected["items"] for line in item["lines"]}
    found |= {note["line"]: "skipped" for note in expected["skipped"]}
    return found | {note["line"]: "noise" for note in expected["noise"]}


def differences(expected: Expected, listing: ListingLike) -> list[str]:
    """Return one readable line for each way in which `listing` departs from `expected`."""
    return [*_entries(expected, listing.entries), *_account(expected, listing.account)]


def _entries(expected: Expected, entries: Sequence[EntryLike]) -> Iterator[str]:
    known = roles(expected)
    left = [(entry, [n for n in sorted(set(entry.lines)) if n in known]) for entry in entries]
    for item in expected["items"]:
        where = f"line {item['lines'][0]}"
        best = max(left, key=lambda pair: _overlap(item["lines"], pair[1]), default=None)
        if best is None or not _overlap(item["lines"], best[1]):
            yield f"{where}: no item {item['title']!r}"
            continue
        left.remove(best)
        yield from (f"{where}: {text}" for text in _fields(item, best[0].draft, best[1]))
    for entry, lines in left:
        yield f"line {lines[0] if lines else '?'}: an item too many: {entry.draft.title!r}"


def _overlap(left: Iterable[int], right: Iterable[int]) -> int:
    return len(set(left) & set(right))


def _fields(item: ExpectedItem, draft: Draft, lines: list[int]) -> Iterator[str]:
    pairs: list[tuple[str, object, object]] = [
        ("title", item["title"], draft.title),
        ("published", item["published"], draft.published and draft.published.isoformat()),
        ("derived", item["derived"], draft.published_derived),
        ("caption", item["caption"], draft.caption),
        ("photo_credit", item["photo_credit"], draft.photo_credit),
        ("starts", item["starts"], draft.starts and draft.starts.isoformat()),
        ("ends", item["ends"], draft.ends and draft.ends.isoformat()),
        ("lines", item["lines"], lines),
    ]
    for name, wanted, got in pairs:
        if wanted != got:
            yield f"{name}: expected {wanted!r}, got {got!r}"
    if item["body"] != draft.body:
        yield f"body: {_first_difference(item['body'], draft.body)}"


def _first_difference(wanted: str, got: str) -> str:
    """Say where two texts part, with some of what stands around that place."""
    at = next((i for i, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), None)
    at = min(len(wanted), len(got)) if at is None else at
    start = max(0, at - 30)
    return f"at {at}: expected {wanted[start : at + 50]!r}, got {got[start : at + 50]!r}"


def _account(expected: Expected, account: Sequence[LineLike]) -> Iterator[str]:
    known = roles(expected)
    got = {line.number: line.role.name.lower() for line in account}
    for number, times in Counter(line.number for line in account).items():
        if times > 1:
            yield f"line {number}: accounted for {times} times"
    for number in sorted(known.keys() | got.keys()):
        wanted, found = known.get(number, "blank"), got.get(number, "nothing")
        if wanted != found:
            yield f"line {number}: role: expected {wanted}, got {found}"
