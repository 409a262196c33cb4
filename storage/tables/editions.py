"""The numbers of wordings, in order of arrival, and the wordings that search does not find."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from storage.tables.base import NEVER_REUSED
from storage.tables.columns import BigId, UtcDateTime


class EditionRow(SQLModel, table=True):
    """The number of an item's wording as it is now. An item that changes gets a new one.

    A narrow table beside wide ones, so that many numbers are read fast.
    """

    __tablename__: ClassVar[Any] = "edition"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    item_id: int = Field(unique=True, foreign_key="item.id", ondelete="CASCADE", sa_type=BigId)


class FormerEditionRow(SQLModel, table=True):
    """A wording that search does not find: a former one, or that of a withdrawn item."""

    __tablename__: ClassVar[Any] = "former_edition"

    id: int = Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})
    """The number that the wording had, or has, in `edition`."""
    item_id: int = Field(index=True, foreign_key="item.id", ondelete="CASCADE", sa_type=BigId)
    published_at: datetime = Field(sa_type=UtcDateTime)
    terms: str
    """`domain.matching.ItemTerms.text`."""
    labels: str
    """What filters ask for, as in `search`."""
    snapshot: bytes
    """The whole item; see `storage.editions`."""
