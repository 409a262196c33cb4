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
    """Places of the drafts that are to be taken in, in rising order."""

    unseen: tuple[int, ...] = ()
    """Those that the document has not shown just so: new ones, and any that may be edited."""
    new: tuple[int, ...] = ()
    """Those of them that are new."""


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
        return Recognised()
    entries = [met(draft, now.astimezone(UTC).date()) for draft in ready]
    answers = assign(entries, await candidates(tx, entries, source, place))
    new = tuple(number for number, answer in enumerate(answers) if answer is None)
    edited = [
        number
        for number, (entry, answer) in enumerate(zip(entries, answers, strict=True))
        if isinstance(answer, Known) and entry.content not in answer.contents
    ]
    return Recognised(tuple(sorted([*new, *edited])), new)
