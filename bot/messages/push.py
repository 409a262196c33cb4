"""One new item, as it is pushed."""

from collections.abc import Callable, Sequence

from bot.messages.callbacks import ShowSubscriptions
from bot.messages.item import item_block
from bot.messages.keyboards import button, keyboard
from bot.messages.text import Message
from domain.links import Links
from domain.model import Item


def push(
    item: Item, links: Links, source_name: Callable[[str], str], also: Sequence[Item] = ()
) -> Message:
    """Return the message that tells of one item, and where else its story is told."""
    return Message(
        item_block(item, links, source_name, also=also),
        keyboard([button("My subscriptions", ShowSubscriptions())]),
    )
