"""What taking a document in would do, found without writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.identity import Known, assign
from domain.model import Draft
from domain.text import clean
from storage.database import Transaction
from storage.drafts import cleaned
from storage.identity import candidates, is_as_shown, met


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which drafts are new, by their places, and whether any may change its item."""

    new: tuple[int, ...]
    edited: bool

    @property
    def is_known(self) -> bool:
        """Whether there is nothing to take in."""
        return not self.new and not self.edited


async def recognise(
    tx: Transaction,
    drafts: Sequence[Draft],
    *,
    source: str,
    document: str | None,
    now: datetime,
) -> Recognised:
    """Return what `ingest` would make of the drafts now; raises `InputError` as it does."""
    source, place = clean(source), clean(document or "")
    ready = [cleaned(draft) for draft in drafts]
    if await is_as_shown(tx, ready, source, place):
        return Recognised((), edited=False)
    entries = [met(draft, now.astimezone(UTC).date()) for draft in ready]
    answers = assign(entries, await candidates(tx, entries, source, place))
    edited = any(
        isinstance(answer, Known) and entry.content not in answer.contents
        for entry, answer in zip(entries, answers, strict=True)
    )
    new = tuple(number for number, answer in enumerate(answers) if answer is None)
    return Recognised(new, edited)
