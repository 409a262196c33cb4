"""The tables. Rows stay inside `storage`: everything outside gets the values of `domain.model`."""

from storage.tables.base import metadata
from storage.tables.chats import ChatRow, SavedQueryRow, SubscriptionRow
from storage.tables.items import (
    ItemCountryRow,
    ItemRow,
    ItemTopicRow,
    SearchRow,
    SightingRow,
    StoryKeyRow,
    StoryVersionRow,
)
from storage.tables.outbox import (
    DeliveryRow,
    DigestRow,
    EditRow,
    FanoutQueryRow,
    FanoutRow,
    Outgoing,
    State,
)
from storage.tables.service import AdditionRow, LeaseRow, StoreVersionRow, TallyRow
from storage.tables.spelling import SpellingRow, WordRow

__all__ = [
    "AdditionRow",
    "ChatRow",
    "DeliveryRow",
    "DigestRow",
    "EditRow",
    "FanoutQueryRow",
    "FanoutRow",
    "ItemCountryRow",
    "ItemRow",
    "ItemTopicRow",
    "LeaseRow",
    "Outgoing",
    "SavedQueryRow",
    "SearchRow",
    "SightingRow",
    "SpellingRow",
    "State",
    "StoreVersionRow",
    "StoryKeyRow",
    "StoryVersionRow",
    "SubscriptionRow",
    "TallyRow",
    "WordRow",
    "metadata",
]
