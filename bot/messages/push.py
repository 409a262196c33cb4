"""One new item, as it is pushed."""

from collections.abc import Callable

from bot.messages.callbacks import ShowSubscriptions
from bot.messages.item import item_block
from bot.messages.keyboards import button, keyboard
from bot.messages.text import Message
from domain.links import Links
from domain.model import Item


def push(item: Item, links: Links, source_name: Callable[[str], str]) -> Message:
    """Return the message that tells of one item."""
    return Message(
        item_block(item, links, source_name),
        keyboard([button("My subscriptions", ShowSubscriptions())]),
    )
