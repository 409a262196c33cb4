"""What reading a listing document gives."""

from dataclasses import dataclass
from enum import StrEnum

from domain.model import Draft


class Role(StrEnum):
    """What a line of a document is to its reader."""

    ITEM = "item"
    """Part of an entry; the reason says which: date, title, body, caption or stub."""
    SKIPPED = "skipped"
    """A date that makes no entry; the reason says why."""
    NOISE = "noise"
    """Not news: menu, heading, introduction, footer, link stub, spam, undated text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and the numbers of its non-blank lines, counted from 1."""

    draft: Draft
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineAccount:
    """What became of one non-blank line. `entry` is the index of the entry that it belongs to."""

    number: int
    text: str
    role: Role
    reason: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a document, in its order, and an account of every non-blank line."""

    entries: tuple[Entry, ...]
    account: tuple[LineAccount, ...]
