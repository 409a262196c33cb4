"""An item's index terms as the store keeps them."""

from domain.matching import ItemTerms
from domain.model import Item
from storage.database import Transaction, is_sqlite
from storage.labels import labels_of
from storage.positions import position_of
from storage.tables import SearchRow

LONGEST_LEXEME = 2046
"""In bytes; PostgreSQL refuses a longer one."""
VECTOR_ROOM = 900_000
"""In bytes, a little under PostgreSQL's limit for a tsvector of 1 MB."""
ENTRY_COST = 8


def search_row(tx: Transaction, item_id: int, item: Item, terms: ItemTerms) -> SearchRow:
    """Return the row that makes an item findable."""
    title, body, caption = terms.texts
    return SearchRow(
        position=position_of(item.published.at, item_id),
        item_id=item_id,
        title=title,
        body=body,
        caption=caption,
        labels=labels_of(item),
        vector=None if is_sqlite(tx) else vector(terms),
    )


def vector(terms: ItemTerms) -> str:
    """Return the literal of a tsvector that has each term once.

    Positions are left out: PostgreSQL caps them at 16,383 and 256 a term, so phrases are looked up
    in the terms themselves. Of a text with nearly a megabyte of different words, the last ones are
    not indexed.
    """
    lexemes = []
    room = VECTOR_ROOM
    title, body, caption = terms.texts
    for term in dict.fromkeys(f"{title} {caption} {body}".split()):
        if fits(term):
            room -= len(term.encode()) + ENTRY_COST
            if room < 0:
                break
            lexemes.append(quoted(term))
    return " ".join(lexemes)


def fits(term: str) -> bool:
    """Tell whether PostgreSQL can index the term."""
    return len(term.encode()) <= LONGEST_LEXEME


def quoted(term: str) -> str:
    """Return a term as tsvector and tsquery literals write it."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
