"""Book-keeping: what became of each line, complete by construction."""

from collections.abc import Iterable

from feeds.upstream.formats.listing.model import LineAccount, Role
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.tails import loose_reason


class Ledger:
    """Takes one booking for each line; the first one counts. What is left over is noise."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._booked: dict[int, tuple[Role, str, int | None]] = {}

    def item(self, index: int, reason: str, entry: int) -> None:
        """Book a line as part of an entry."""
        self._booked.setdefault(index, (Role.ITEM, reason, entry))

    def skip(self, indexes: Iterable[int], reason: str) -> None:
        """Book lines that could have been news, with the reason why they are not."""
        for index in indexes:
            self._booked.setdefault(index, (Role.SKIPPED, reason, None))

    def noise(self, reasons: dict[int, str]) -> None:
        """Book lines as noise."""
        for index, reason in reasons.items():
            self._booked.setdefault(index, (Role.NOISE, reason, None))

    def account(self) -> tuple[LineAccount, ...]:
        """Return the account of every line of the page."""
        top = min(
            (i for i, booked in self._booked.items() if booked[0] is not Role.NOISE), default=0
        )
        account = []
        for i, line in enumerate(self._page.lines):
            role, reason, entry = self._booked.get(i) or (
                Role.NOISE,
                loose_reason(self._page, i, top=i < top or not self._booked),
                None,
            )
            account.append(LineAccount(line.number, line.raw, role, reason, entry))
        return tuple(account)
