"""The first words, and the manual."""

from telegram import InlineKeyboardButton

from bot.messages.callbacks import EVERYTHING, ShowPage, ShowSubscriptions, ShowTopics
from bot.messages.commands import COMMANDS, OPERATOR_COMMANDS
from bot.messages.keyboards import button, keyboard
from bot.messages.text import Message, escape

_QUERIES = (
    ("smuggling by sea", "all of these words, best first"),
    ('"blue heart" -asia', "a phrase, without a word"),
    ("nigeria OR ghana", "either"),
    ("events in abuja", "a kind and a place in plain words"),
    ("kind:publication lang:fr country:ng", "fields"),
    ("after:2020 before:2021-06", "dates; also on:2009-06 and last:30d"),
)
_SCHEDULES = ("/subscribe nigeria", "/subscribe topic:migrant-smuggling daily 08:00")


def welcome() -> Message:
    """Return the answer to a plain /start."""
    html = (
        "<b>Welcome.</b> I answer questions about the news with the items that match, "
        "and tell you of new ones on what you follow.\n\n"
        "Send me a few words, for example <code>events in abuja</code>, or pick a topic. "
        "/help says more."
    )
    return Message(html, keyboard(*_beginnings()))


def help_text(*, operator: bool = False) -> Message:
    """Return the answer to /help; with the operator's own commands in the operator's chats."""
    queries = "\n".join(f"<code>{escape(query)}</code> – {means}" for query, means in _QUERIES)
    known = (*COMMANDS, *OPERATOR_COMMANDS) if operator else COMMANDS
    follow = "\n".join(f"<code>{escape(example)}</code>" for example in _SCHEDULES)
    commands = "\n".join(f"/{name} – {escape(means)}" for name, means in known)
    html = (
        f"<b>Ask</b>\nA plain message is a query:\n{queries}\n\n"
        f"<b>Follow</b>\nEach new item as it comes, or a digest once a day:\n{follow}\n\n"
        f"<b>Commands</b>\n{commands}\n\n"
        "In a group, mention me or reply to me. In any chat, my name with an @ and a query behind "
        "it offers items to send there."
    )
    return Message(html, keyboard(*_beginnings()))


def _beginnings() -> tuple[list[InlineKeyboardButton], ...]:
    return (
        [button("Topics", ShowTopics()), button("Latest", ShowPage(EVERYTHING))],
        [button("My subscriptions", ShowSubscriptions())],
    )
