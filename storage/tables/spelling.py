"""The words of all items as they are spelt, for telling typing errors."""

from typing import Any, ClassVar

from sqlmodel import Field, SQLModel


class WordRow(SQLModel, table=True):
    """A folded word that an item has, or had."""

    __tablename__: ClassVar[Any] = "word"

    word: str = Field(primary_key=True)


class SpellingRow(SQLModel, table=True):
    """A word under one of its `domain.spelling.keys`."""

    __tablename__: ClassVar[Any] = "spelling"

    key: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
