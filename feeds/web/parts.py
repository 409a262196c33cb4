"""Which part of a feed an address asks for: its newest items, a page, or an archive (RFC 5005)."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from domain.query.tree import Age, And, Node, Not, Or
from feeds.publish.channel import FeedLink

PAGE, ARCHIVE, AFTER = PARAMETERS = ("page", "archive", "archive-after")
"""What can be asked for: a page from 1 on, the archive that ends with a number of
`storage.editions`, or the next one after a number."""
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class FeedPart:
    """One of `PARAMETERS` with its number."""

    name: str = PAGE
    number: int = 1

    def address(self, feed: str) -> str:
        """Return the address of this part of the feed that has its newest items at `feed`."""
        if self == FeedPart():
            return feed
        return f"{feed}{'&' if '?' in feed else '?'}{self.name}={self.number}"


def asked_part(parameters: QueryParams) -> FeedPart:
    """Read which part is asked for; raises `HTTPException` with 400 for what is none."""
    asked = [name for name in PARAMETERS if name in parameters]
    if len(asked) > 1:
        raise HTTPException(400, f"{' and '.join(asked)}: ask for one of them.")
    return FeedPart(asked[0], _number(asked[0], parameters[asked[0]])) if asked else FeedPart()


def page_links(page: int, *, is_last: bool, at: Callable[[FeedPart], str]) -> tuple[FeedLink, ...]:
    """Return the links of a paged feed (RFC 5005, section 3); none where one page has it all.

    Only the last page tells which is the last: to know it before means to count all items.
    """
    if page == 1 and is_last:
        return ()
    links = [("first", 1)]
    if page > 1:
        links.append(("previous", page - 1))
    links.append(("last", page) if is_last else ("next", page + 1))
    return tuple(FeedLink(rel, at(FeedPart(PAGE, number))) for rel, number in links)


def archive_before(before: int | None, at: Callable[[FeedPart], str]) -> tuple[FeedLink, ...]:
    """Return the link to the archive that ends with the number `before`, if there is one."""
    return () if before is None else (FeedLink("prev-archive", at(FeedPart(ARCHIVE, before))),)


def archive_after(upto: int, at: Callable[[FeedPart], str]) -> FeedLink:
    """Return the link to what follows the archive that ends with the number `upto`.

    It does not say where that ends, which is not known for ever before it is full.
    """
    return FeedLink("next-archive", at(FeedPart(AFTER, upto)))


def has_archives(tree: Node) -> bool:
    """Say whether a query's answer only grows: what asks for an age loses items every day."""
    match tree:
        case Age():
            return False
        case Not(part):
            return has_archives(part)
        case And(parts) | Or(parts):
            return all(map(has_archives, parts))
        case _:
            return True


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER or int(text) < 1:
        raise HTTPException(400, f"{name}: give a number from 1 on.")
    return int(text)
