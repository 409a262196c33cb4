"""Reading small invented pages in tests."""

from textwrap import dedent

from feeds.upstream.formats.listing import Listing, Role, read_listing


def read(page: str) -> Listing:
    """Read a page that is written with the indent of the test that it stands in."""
    return read_listing(dedent(page).strip("\n"))


def items(page: str) -> list[tuple[str, str, str]]:
    """Return day, title and body of each entry; the days of an event follow its own as `+n`."""
    found = []
    for entry in read(page).entries:
        draft = entry.draft
        assert draft.published is not None
        day = draft.published.isoformat()
        if draft.starts is not None and draft.ends is not None:
            day += f" {draft.starts:%m-%d}/{draft.ends:%m-%d}"
        found.append((day + "?" * draft.published_derived, draft.title, draft.body))
    return found


def others(page: str) -> list[tuple[Role, str, str]]:
    """Return role, reason and text of each line that belongs to no entry."""
    return [
        (line.role, line.reason, line.text.strip())
        for line in read(page).account
        if line.role is not Role.ITEM
    ]
