"""A page of items: which page it is, how many there are, and the items by year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.exceptions import HTTPException

from domain.model import Item

PAGE_SIZE = 20


def page_number(text: str | None) -> int:
    """Return the number that `?page=` asks for, 1 without one; 404 for what is no page number."""
    if text is None:
        return 1
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
        raise HTTPException(404, "There is no such page.")
    return int(text)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an answer."""

    items: Sequence[Item]
    total: int
    """At least so many, where not `is_whole`."""
    page: int
    at: Callable[[int], str]
    """Page number → its address."""
    also: Mapping[str, Sequence[Item]]
    """The other versions of a story, by the slug of its item."""
    by_year: bool
    """True for items in order of date; those in order of fit have no headings."""
    size: int = PAGE_SIZE
    """How many of them a page has."""
    is_whole: bool = True
    """False where there may be more than `total`."""

    def __post_init__(self) -> None:
        if self.page > self.pages:
            raise HTTPException(404, "There is no such page.")

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def count(self) -> int | str:
        """The total, or `400+` where there may be more."""
        return self.total if self.is_whole else f"{self.total}+"

    @property
    def years(self) -> list[tuple[int | None, list[Item]]]:
        """The items under their headings, in order."""
        if not self.by_year:
            return [(None, list(self.items))] if self.items else []
        groups = groupby(self.items, key=lambda item: item.published.day.year)
        return [(year, list(items)) for year, items in groups]
