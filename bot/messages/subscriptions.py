"""What a chat follows, and what changed about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardButton

from bot.messages.callbacks import (
    ShowLatest,
    ShowSubscriptions,
    ShowTopics,
    Stop,
    StopAll,
)
from bot.messages.choices import Pause, Resume
from bot.messages.keyboards import button, keyboard, page_count, pager
from bot.messages.settings import paused
from bot.messages.text import Message, bold, cut, escape

PAGE_SIZE = 8
DESCRIPTION_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Followed:
    """A subscription in words."""

    id: int
    description: str
    """How its query is read; empty for everything."""
    schedule: str
    """Canonical form."""
    paused_until: datetime | None = None
    """Set while it is paused by itself."""


def following(followed: Followed, *, new: bool) -> Message:
    """Return the confirmation, with the latest few only a press away."""
    lead = "You now follow" if new else "You follow"
    html = f"{lead} {_name(followed)}\n{_when(followed.schedule)}."
    offer = [
        button("Show the latest 3", ShowLatest(followed.id)),
        button("Stop", Stop(followed.id)),
    ]
    return Message(html, keyboard(offer, [button("My subscriptions", ShowSubscriptions())]))


def subscriptions(
    found: Sequence[Followed],
    show: ShowSubscriptions,
    zone: str,
    paused_until: datetime | None = None,
) -> Message:
    """Return a page of a chat's subscriptions, each with buttons that end and pause it.

    `paused_until` is set while the whole chat is paused.
    """
    if not found:
        return Message("You follow nothing yet.", keyboard([_offer()]))
    pages = page_count(len(found), PAGE_SIZE)
    page = min(show.page, pages)
    first = (page - 1) * PAGE_SIZE
    part = list(enumerate(found[first : first + PAGE_SIZE], first + 1))
    where = f" (page {page} of {pages})" if pages > 1 else ""
    lines = [f"{number}. {_name(one)}\n{_state(one, zone)}" for number, one in part]
    end = f"Times are in {escape(zone)}."
    if paused_until is not None:
        end = f"{paused(paused_until, zone)}: everything, /resume. {end}"
    html = "\n\n".join([f"<b>You follow</b>{where}", *lines, end])
    rows = [
        [button(f"Stop {number}: {one.description or 'everything'}", Stop(one.id)), _hold(one)]
        for number, one in part
    ]
    every = [button("Stop all", StopAll())] if len(found) > 1 else []
    return Message(html, keyboard(*rows, pager(page, pages, ShowSubscriptions), [*every, _offer()]))


def not_followed(description: str) -> Message:
    """Return the answer for a query that the chat was asked to stop but does not follow."""
    html = f"You do not follow {bold(cut(description or 'everything', DESCRIPTION_LIMIT))}."
    return Message(html, keyboard([button("My subscriptions", ShowSubscriptions())]))


def _offer() -> InlineKeyboardButton:
    return button("Follow a topic", ShowTopics(follow=True))


def _name(followed: Followed) -> str:
    return bold(cut(followed.description or "everything", DESCRIPTION_LIMIT))


def _state(followed: Followed, zone: str) -> str:
    when = _when(followed.schedule)
    return f"{when}\n{paused(followed.paused_until, zone)}" if followed.paused_until else when


def _hold(followed: Followed) -> InlineKeyboardButton:
    if followed.paused_until:
        return button("▶ Resume", Resume(followed.id))
    return button("⏸ Pause", Pause("", followed.id))


def _when(schedule: str) -> str:
    return "Each new item as it comes" if schedule == "now" else f"A digest {escape(schedule)}"
