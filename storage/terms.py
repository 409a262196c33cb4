"""An item's index terms as the store keeps them."""

from domain.matching import ItemTerms
from storage.database import Transaction, is_sqlite
from storage.tables import SearchRow

LONGEST_LEXEME = 2046
"""In bytes; PostgreSQL refuses a longer one."""
VECTOR_ROOM = 900_000
"""In bytes, a little under PostgreSQL's limit for a tsvector of 1 MB."""
ENTRY_COST = 8


def search_row(tx: Transaction, item_id: int, terms: ItemTerms) -> SearchRow:
    """Return the row that makes an item findable."""
    return SearchRow(
        item_id=item_id,
        title=" ".join(terms.title),
        body=" ".join(terms.body),
        caption=" ".join(terms.caption),
        vector=None if is_sqlite(tx) else vector(terms),
    )


def terms_of(row: SearchRow) -> ItemTerms:
    """Return the terms that a row holds."""
    return ItemTerms(row.title.split(), row.body.split(), row.caption.split())


def vector(terms: ItemTerms) -> str:
    """Return the literal of a tsvector that has each term once.

    Positions are left out: PostgreSQL caps them at 16,383 and 256 a term, so phrases are looked up
    in the terms themselves. Of a text with nearly a megabyte of different words, the last ones are
    not indexed.
    """
    lexemes = []
    room = VECTOR_ROOM
    for term in dict.fromkeys((*terms.title, *terms.caption, *terms.body)):
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
