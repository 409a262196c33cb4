"""Rows of buttons."""

from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages.callbacks import Press, encode
from bot.messages.text import cut

LABEL_LIMIT = 48

Row = Sequence[InlineKeyboardButton]


def button(label: str, press: Press) -> InlineKeyboardButton:
    """Return a button that sends a press back."""
    return InlineKeyboardButton(cut(label, LABEL_LIMIT), callback_data=encode(press))


def keyboard(*rows: Row) -> InlineKeyboardMarkup | None:
    """Return the rows that have buttons, or None where no row has."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def pager(page: int, pages: int, at: Callable[[int], Press]) -> Row:
    """Return the buttons that lead from a page to the one before and the one after."""
    row = []
    if page > 1:
        row.append(button("◀ Previous", at(page - 1)))
    if page < pages:
        row.append(button("Next ▶", at(page + 1)))
    return row


def page_count(total: int, size: int) -> int:
    """Return how many pages the total fills; an empty list is one page."""
    return max(1, -(-total // size))
