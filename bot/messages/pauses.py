"""What is said of pauses."""

from datetime import datetime

from bot.messages.callbacks import ShowSubscriptions
from bot.messages.choices import Pause, Resume
from bot.messages.keyboards import button, keyboard
from bot.messages.settings import paused
from bot.messages.text import Message, bold, cut, escape

OFFERS = (("1 day", "1d"), ("3 days", "3d"), ("1 week", "1w"))
DESCRIPTION_LIMIT = 200


def pause_begun(until: datetime, zone: str) -> Message:
    """Return the confirmation that everything is paused, with other ends to choose."""
    html = (
        f"{paused(until, zone)}. I send you nothing till then; what you miss comes as one digest. "
        "You can go on asking me."
    )
    return Message(
        html,
        keyboard(
            [button(label, Pause(span)) for label, span in OFFERS], [button("Resume", Resume())]
        ),
    )


def one_paused(description: str, subscription: int, until: datetime, zone: str) -> Message:
    """Return the confirmation that one subscription is paused, with other ends to choose."""
    html = (
        f"{_name(description)}\n{paused(until, zone)}. What it finds till then comes as one digest."
    )
    return Message(
        html,
        keyboard(
            [button(label, Pause(span, subscription)) for label, span in OFFERS],
            [
                button("Resume", Resume(subscription)),
                button("My subscriptions", ShowSubscriptions()),
            ],
        ),
    )


def resumed(description: str | None = None) -> Message:
    """Return the confirmation that everything goes on, or one subscription."""
    what = "I write to you again." if description is None else f"{_name(description)} goes on."
    html = f"{what} If you missed anything, it comes as a digest."
    return Message(html, keyboard([button("My subscriptions", ShowSubscriptions())]))


def unreadable_pause(message: str) -> Message:
    """Return what is wrong with the end of a pause, with the forms that there are."""
    return Message(
        f"I cannot read this: {escape(cut(message, 300))}.\n\n"
        "<code>/pause</code> lasts until /resume, <code>/pause 3d</code> three days, "
        "<code>/pause until 2026-12-24</code> until that day, and "
        "<code>/pause nigeria 3d</code> pauses one subscription."
    )


def _name(description: str) -> str:
    return bold(cut(description or "everything", DESCRIPTION_LIMIT))
