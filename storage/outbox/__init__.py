"""The outbox: from a new item to the messages that are sent.

An item's fan-out row is written with the item. `expand` turns it into deliveries, `make_digests`
gathers what is held for subscriptions that are due, `claim` hands messages to the dispatcher, and
each is settled by what became of it.
"""

from storage.outbox.claims import claim, release_orphans
from storage.outbox.digests import make_digests
from storage.outbox.fanout import expand
from storage.outbox.membership import chat_gone, chat_moved
from storage.outbox.saved import SavedQueries
from storage.outbox.schedules import anything_due, run_schedules
from storage.outbox.settling import settle_failed, settle_later, settle_sent
from storage.outbox.status import Counts, LaneCounts, pending

__all__ = [
    "Counts",
    "LaneCounts",
    "SavedQueries",
    "anything_due",
    "chat_gone",
    "chat_moved",
    "claim",
    "expand",
    "make_digests",
    "pending",
    "release_orphans",
    "run_schedules",
    "settle_failed",
    "settle_later",
    "settle_sent",
]
