"""How the service is, and what it does for one chat, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.callbacks import EVERYTHING, ShowPage, ShowSubscriptions
from bot.messages.dates import day
from bot.messages.item import TITLE_LIMIT
from bot.messages.keyboards import button, keyboard
from bot.messages.settings import paused
from bot.messages.text import Message, bold, cut, escape, link
from domain.links import Links
from domain.model import Chat, Item

SHOWN = 5
DESCRIPTION_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What there is to tell a chat."""

    sends: bool
    """Whether somebody sends what is new."""
    items: int
    newest: Item | None
    chat: Chat | None
    """None for a chat that is not known."""
    followed: Sequence[str]
    """Its subscriptions in words; empty for everything."""
    now: datetime


def status(state: Status, links: Links) -> Message:
    """Return whether the service is at work, what it has, and what it does for the chat."""
    html = "\n\n".join([_work(state), _items(state, links), _chat(state)])
    rows = [button("Latest", ShowPage(EVERYTHING))]
    rows.append(button("My subscriptions", ShowSubscriptions()))
    return Message(f"{html}\n\n{link('Status page', links.status())}", keyboard(rows))


def _work(state: Status) -> str:
    if state.sends:
        return f"{bold('At work')}\nI answer, and new items are sent as they come."
    lead = bold("Not all is at work")
    return f"{lead}\nI answer, but nothing new is sent at the moment. It waits, and none is lost."


def _items(state: Status, links: Links) -> str:
    if state.newest is None:
        return "There are no items yet."
    count = f"{state.items:,} item{'' if state.items == 1 else 's'}"
    title = link(cut(state.newest.title, TITLE_LIMIT), links.item(state.newest.slug))
    return f"{count}; the newest is of {day(state.newest.published.day)}:\n{title}"


def _chat(state: Status) -> str:
    if not state.followed:
        return "This chat follows nothing: /subscribe"
    names = [f"• {escape(cut(one or 'everything', DESCRIPTION_LIMIT))}" for one in state.followed]
    more = len(names) - SHOWN
    lines = ["This chat follows", *names[:SHOWN], *([f"… and {more} more"] if more > 0 else [])]
    until = state.chat.paused_until if state.chat else None
    if state.chat is not None and until is not None and until > state.now:
        lines.append(f"{paused(until, state.chat.timezone)}: /resume")
    return "\n".join(lines)
