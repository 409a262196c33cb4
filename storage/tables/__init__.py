"""The tables. Rows stay inside `storage`: everything outside gets the values of `domain.model`."""

from storage.tables.base import metadata
from storage.tables.chats import (
    ChatRow,
    PausedThreadRow,
    QuietHoursRow,
    SavedQueryRow,
    SubscriptionRow,
)
from storage.tables.editions import EditionRow, FormerEditionRow
from storage.tables.items import (
    ItemCountryRow,
    ItemMarkupRow,
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
from storage.tables.service import (
    AdditionRow,
    HoldRow,
    LeaseRow,
    StoreVersionRow,
    TallyRow,
    TickRow,
)
from storage.tables.sources import SourceRow, SubscribedRow
from storage.tables.spelling import SpellingRow, WordRow

__all__ = [
    "AdditionRow",
    "ChatRow",
    "DeliveryRow",
    "DigestRow",
    "EditRow",
    "EditionRow",
    "FanoutQueryRow",
    "FanoutRow",
    "FormerEditionRow",
    "HoldRow",
    "ItemCountryRow",
    "ItemMarkupRow",
    "ItemRow",
    "ItemTopicRow",
    "LeaseRow",
    "Outgoing",
    "PausedThreadRow",
    "QuietHoursRow",
    "SavedQueryRow",
    "SearchRow",
    "SightingRow",
    "SourceRow",
    "SpellingRow",
    "State",
    "StoreVersionRow",
    "StoryKeyRow",
    "StoryVersionRow",
    "SubscribedRow",
    "SubscriptionRow",
    "TallyRow",
    "TickRow",
    "WordRow",
    "metadata",
]
