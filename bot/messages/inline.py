"""Answers to inline queries: what a person can send into any chat."""

from collections.abc import Callable, Sequence

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.messages.item import facts, item_block
from bot.messages.text import cut
from domain.deeplinks import start_payload
from domain.links import Links
from domain.model import Item

TITLE_LIMIT = 120
DESCRIPTION_LIMIT = 160
BUTTON_LIMIT = 60


def article(
    item: Item, links: Links, source_name: Callable[[str], str], also: Sequence[Item] = ()
) -> InlineQueryResultArticle:
    """Return an item as a result; the message that it sends has the item's link."""
    content = InputTextMessageContent(
        item_block(item, links, source_name, also=also),
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    told = f"{facts(item, source_name(item.source))}\n{item.summary}"
    return InlineQueryResultArticle(
        id=item.slug,
        title=cut(item.title, TITLE_LIMIT),
        input_message_content=content,
        url=links.item(item.slug),
        description=cut(told.strip(), DESCRIPTION_LIMIT),
    )


def nothing_found(query: str) -> InlineQueryResultsButton:
    """Return the button that opens a canonical query in the bot, which says what nearly matches."""
    return _opening("Nothing found: ask the bot", query)


def unreadable(message: str) -> InlineQueryResultsButton:
    """Return the button that says what is wrong with a query."""
    return _opening(f"Cannot be read: {message}", "")


def _opening(label: str, query: str) -> InlineQueryResultsButton:
    payload = start_payload(query) or start_payload("")
    return InlineQueryResultsButton(cut(label, BUTTON_LIMIT), start_parameter=payload)
