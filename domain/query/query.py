"""A query that was read."""

from dataclasses import dataclass

from domain.query.reading import Reading
from domain.query.tree import Everything, Node


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, its one way to be written, and how it was read."""

    tree: Node
    canonical: str
    """Equal for equal queries; empty for everything. Reading it gives the same query again."""
    reading: Reading | None
    """What `describe` shows; None for everything."""

    @property
    def is_everything(self) -> bool:
        """Whether every item matches."""
        return isinstance(self.tree, Everything)


EVERYTHING = Query(Everything(), "", None)
"""The query that every item matches."""
