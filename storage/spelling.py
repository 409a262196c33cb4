"""The words of the items by their spelling, so that a typing error finds what was meant.

Words stay when the last item that has them is edited: what is found by a correction is searched
for anyway.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlmodel import col

from domain.model import Item
from domain.spelling import MOST_ERRORS, is_correctable, keys
from domain.text import fold, words
from storage.database import Transaction, insert, is_sqlite
from storage.rows import batches
from storage.tables import SpellingRow, WordRow

CANDIDATES = 2000
"""So many words under a typed word's keys are compared; only skeletons of a letter have more."""


async def note_words(tx: Transaction, items: Iterable[Item]) -> None:
    """Remember the words of items."""
    texts = [(item.title, item.body or item.summary, item.caption or "") for item in items]
    found = correctable(text for each in texts for text in each)
    known: set[str] = set()
    for batch in batches(found):
        known.update(
            await tx.scalars(select(col(WordRow.word)).where(col(WordRow.word).in_(batch)))
        )
    for batch in batches([word for word in found if word not in known]):
        on_sqlite = is_sqlite(tx)
        new = insert(WordRow, on_sqlite=on_sqlite).on_conflict_do_nothing()
        await tx.execute(new, [{"word": word} for word in batch])
        spelt = insert(SpellingRow, on_sqlite=on_sqlite).on_conflict_do_nothing()
        await tx.execute(spelt, spellings(batch))


async def spelt_like(tx: Transaction, word: str) -> list[str]:
    """Return words of items that share a key with a folded word, of about its length."""
    length = func.length(col(SpellingRow.word))
    found = await tx.scalars(
        select(col(SpellingRow.word))
        .where(
            col(SpellingRow.key).in_(sorted(keys(word))),
            length >= len(word) - MOST_ERRORS,
            length <= len(word) + MOST_ERRORS,
        )
        .distinct()
        .limit(CANDIDATES)
    )
    return list(found)


def correctable(texts: Iterable[str]) -> list[str]:
    """Return the different folded words of texts whose spelling can be told."""
    found = (word for text in texts for word in words(fold(text)))
    return [word for word in dict.fromkeys(found) if is_correctable(word)]


def spellings(found: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows that make words findable."""
    return [{"key": key, "word": word} for word in found for key in sorted(keys(word))]
