"""The outbox: from a new item to the messages that are sent.

An item's fan-out row is written with the item. `expand` turns it into deliveries, `make_digests`
gathers what is held for subscriptions that are due, `claim` hands messages to the dispatcher, and
each is settled by what became of it.
"""

from storage.outbox.claims import any_due, claim, release_orphans
from storage.outbox.digests import make_digests
from storage.outbox.due import any_fanout
from storage.outbox.edits import Edit, Edits, next_edits, settle_edits
from storage.outbox.failed import SetAside, failed, reasons, retry_failed
from storage.outbox.fanout import expand
from storage.outbox.figures import Figures, LaneFigures, figures
from storage.outbox.membership import chat_gone, chat_moved
from storage.outbox.retention import Place, Pruned, prune
from storage.outbox.saved import SavedQueries
from storage.outbox.schedules import anything_due, run_schedules
from storage.outbox.settling import (
    Receipt,
    settle_all_sent,
    settle_failed,
    settle_later,
    settle_part,
    settle_sent,
)
from storage.outbox.status import Counts, LaneCounts, pending

__all__ = [
    "Counts",
    "Edit",
    "Edits",
    "Figures",
    "LaneCounts",
    "LaneFigures",
    "Place",
    "Pruned",
    "Receipt",
    "SavedQueries",
    "SetAside",
    "any_due",
    "any_fanout",
    "anything_due",
    "chat_gone",
    "chat_moved",
    "claim",
    "expand",
    "failed",
    "figures",
    "make_digests",
    "next_edits",
    "pending",
    "prune",
    "reasons",
    "release_orphans",
    "retry_failed",
    "run_schedules",
    "settle_all_sent",
    "settle_edits",
    "settle_failed",
    "settle_later",
    "settle_part",
    "settle_sent",
]
