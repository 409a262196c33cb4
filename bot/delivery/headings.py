"""What a digest is called, and which page has its full list."""

from collections.abc import Sequence

from bot.messages.digest import Heading
from bot.services import BotServices
from domain.model import Delivery, Subscription
from domain.schedule import NOW

QUERIES = 8
"""The page of a chat's own digest asks for no more queries at once; else it shows everything."""


def heading(delivery: Delivery, followed: Sequence[Subscription], services: BotServices) -> Heading:
    """Return the heading of a digest, whose chat follows these."""
    own = next((one for one in followed if one.id == delivery.subscription_id), None)
    if delivery.subscription_id is None:
        description, query = None, _any_of([one for one in followed if one.schedule == str(NOW)])
    else:
        query = own.query if own else ""
        description = services.in_words(query)
    days = [item.published.day for item in delivery.items]
    page = services.within(query, min(days), max(days)) if days else query
    return Heading(description=description, page=page, goes_on=delivery.begun)


def _any_of(followed: Sequence[Subscription]) -> str:
    queries = [one.query for one in followed]
    if len(queries) > QUERIES or not all(queries):
        return ""
    return " OR ".join(f"({query})" for query in queries)
