"""Which part of a feed an address asks for: its newest items, a page, or an archive (RFC 5005)."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from domain.query.tree import Age, And, Node, Not, Or
from feeds.publish.channel import FeedLink
from feeds.publish.render import ENTRIES

_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class FeedPart:
    """A page from 1 on, or the archive that ends with an arrival."""

    page: int = 1
    archive: int | None = None

    def address(self, feed: str) -> str:
        """Return the address of this part of the feed that has its newest items at `feed`."""
        if self.archive is not None:
            asked = {"archive": self.archive}
        elif self.page > 1:
            asked = {"page": self.page}
        else:
            return feed
        return f"{feed}{'&' if '?' in feed else '?'}{urlencode(asked)}"


def asked_part(parameters: QueryParams) -> FeedPart:
    """Read which part is asked for; raises `HTTPException` with 400 for what is none."""
    page, archive = parameters.get("page"), parameters.get("archive")
    if page is not None and archive is not None:
        raise HTTPException(400, "page and archive: ask for one of them.")
    if archive is not None:
        return FeedPart(archive=_number("archive", archive))
    return FeedPart(page=1 if page is None else _number("page", page))


def page_links(
    page: int, total: int, *, is_exact: bool, at: Callable[[FeedPart], str]
) -> tuple[FeedLink, ...]:
    """Return the links of a paged feed (RFC 5005, section 3); none where one page has it all.

    `total` counts items; where it is not exact there are at least so many, and the last page is
    not told.
    """
    pages = max(1, -(-total // ENTRIES))
    if pages == 1 and page == 1:
        return ()
    links = [("first", 1)]
    if page > 1:
        links.append(("previous", page - 1))
    if page < pages or not is_exact:
        links.append(("next", page + 1))
    if is_exact:
        links.append(("last", pages))
    return tuple(FeedLink(rel, at(FeedPart(number))) for rel, number in links)


def archive_links(before: int | None, at: Callable[[FeedPart], str]) -> tuple[FeedLink, ...]:
    """Return the link to the archive that ends with the arrival `before`, if there is one."""
    return () if before is None else (FeedLink("prev-archive", at(FeedPart(archive=before))),)


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
