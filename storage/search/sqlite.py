"""Looking up terms with SQLite's FTS5."""

from sqlalchemy import ColumnElement, column, literal_column, select, table
from sqlmodel import col

from storage.search.conditions import Sequences
from storage.tables import ItemRow

_FTS = table("search_fts", column("rowid"))


def text_condition(sequences: Sequences) -> ColumnElement[bool]:
    """Tell whether one of the sequences stands in the title, the body or the caption."""
    phrases = " OR ".join(_string(" ".join(sequence)) for sequence in sequences)
    found = select(_FTS.c.rowid).where(literal_column("search_fts").op("MATCH")(phrases))
    return col(ItemRow.id).in_(found)


def _string(text: str) -> str:
    """Return a string of FTS5's query syntax; several terms in one follow each other."""
    return '"' + text.replace('"', '""') + '"'
