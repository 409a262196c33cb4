"""What a person is told when something did not work."""

from bot.messages.callbacks import ShowTopics
from bot.messages.keyboards import button, keyboard
from bot.messages.text import Message, cut, escape

APOLOGY = "Sorry, something went wrong here. Please try again in a moment."
STALE_BUTTON = "This button no longer works. Please ask again."
DEAD_LINK = "This link opens nothing here. Send me a query, or pick a topic."
UNKNOWN_COMMAND = "I do not know this command. /help lists what I can do."

_AROUND = 60


def unreadable_query(text: str, message: str, position: int) -> Message:
    """Return what is wrong with a query, and where, with the place marked in the query."""
    position = max(0, min(position, len(text)))
    before, after = text[:position], text[position:]
    before = before if len(before) <= _AROUND else "…" + before[-_AROUND:]
    marked = f"{escape(before)}👉{escape(cut(after, _AROUND))}"
    html = f"I cannot read this query: {escape(cut(message, 300))}.\n\n<code>{marked}</code>"
    return Message(html)


def unreadable_schedule(message: str) -> Message:
    """Return what is wrong with a schedule, with the forms that there are."""
    return Message(
        f"I cannot read this schedule: {escape(cut(message, 300))}.\n\n"
        "It can be <code>now</code>, <code>hourly</code>, <code>daily 08:00</code> or "
        "<code>weekly monday 08:00</code>."
    )


NOT_ALLOWED = "Only administrators of this group can do that."


def unreadable_setting() -> Message:
    """Return the settings that can be written."""
    return Message(
        "I do not know this setting. There are\n"
        "<code>/settings quiet 22:00-07:00</code> or <code>quiet off</code>\n"
        "<code>/settings limit 10</code> or <code>limit off</code>\n"
        "<code>/settings empty on</code> or <code>empty off</code>\n"
        "<code>/settings language fr</code>\n"
        "<code>/settings timezone Vienna</code>"
    )


def usage(command: str, example: str) -> Message:
    """Return how a command that was sent bare is to be used."""
    return Message(
        f"Tell me what to look for: <code>/{command} {escape(example)}</code>",
        keyboard([button("Topics", ShowTopics())]),
    )
