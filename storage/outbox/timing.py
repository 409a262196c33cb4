"""When an item's delivery is due, told while the fan-out writes it.

A chat that is paused, or was told enough for today, has it gathered for a digest; in quiet hours
it waits for their end, unless it is urgent. The pure rules are `domain.pace`, which the claim asks
again: this is what keeps a million chats' quiet hours from being put off one by one.
"""

from typing import Any

from sqlalchemy import Case, ColumnElement, and_, bindparam, case, null
from sqlmodel import col

from domain.model import ChatState
from domain.schedule import Cadence
from storage.tables import ChatRow, ItemRow, QuietHoursRow, State, SubscriptionRow
from storage.tables.columns import UtcDateTime

_NOW: ColumnElement[Any] = bindparam("now", type_=UtcDateTime)

IS_PUSH: ColumnElement[bool] = and_(
    col(SubscriptionRow.schedule) == Cadence.NOW, col(SubscriptionRow.next_due_at).is_(None)
)
"""Selects subscriptions whose items are told one by one now."""

QUIET_HOURS: ColumnElement[bool] = and_(
    col(QuietHoursRow.timezone) == col(ChatRow.timezone),
    col(QuietHoursRow.hours) == col(ChatRow.quiet),
)
"""Joins a chat with its quiet hours."""

_IS_PAUSED = col(ChatRow.state) == ChatState.PAUSED
_IS_URGENT = col(ItemRow.urgent)
_GATHERS = col(ChatRow.digest_due_at).is_not(None)
_IS_QUIET = and_(col(QuietHoursRow.starts_at) <= _NOW, col(QuietHoursRow.ends_at) > _NOW)


def state() -> Case[Any]:
    """Return the state of a new delivery."""
    return case(
        (~IS_PUSH, State.HELD),
        (_IS_PAUSED, State.GATHERED),
        (_IS_URGENT, State.PENDING),
        (_GATHERS, State.GATHERED),
        (_IS_QUIET, State.QUIET),
        else_=State.PENDING,
    )


def due_at() -> Case[Any]:
    """Return when a new delivery is due."""
    return case(
        (~IS_PUSH | _IS_PAUSED, null()),
        (_IS_URGENT, _NOW),
        (_GATHERS, null()),
        (_IS_QUIET, col(QuietHoursRow.ends_at)),
        else_=_NOW,
    )


def subscription_id() -> Case[Any]:
    """Return the subscription that a new delivery is held for."""
    return case((IS_PUSH, null()), else_=col(SubscriptionRow.id))
