"""What is kept of a chat, and the ways to see it and to erase it."""

from bot.messages.choices import Forget, ShowSettings
from bot.messages.keyboards import button, keyboard
from bot.messages.text import File, Message, bold

FILE_NAME = "topicwire-mydata.json"


def privacy() -> Message:
    """Return what is stored, why and for how long."""
    html = (
        f"{bold('What I keep of this chat')}\n"
        "• its number at Telegram, by which I reach you;\n"
        "• what you follow and when, until you stop it;\n"
        "• your settings: language, time zone, quiet hours, limit, pauses;\n"
        "• which items I sent you and when, while that keeps any from coming twice.\n\n"
        f"{bold('What I do not keep')}\n"
        "Your name, the words of your messages and questions, what you press or open. None of "
        "this is in a log. Links in messages lead to plain pages without scripts or tracking.\n\n"
        f"{bold('For how long')}\n"
        "Until you send /forgetme, which erases all of it at once. When you block me I stop "
        "writing, and keep what you follow in case you come back. Telegram itself keeps our "
        "messages; delete them there.\n\n"
        "/mydata sends you all that I keep, as a file."
    )
    return Message(html)


def my_data(content: bytes) -> Message:
    """Return the file with all that is kept of a chat."""
    return Message("All that I keep of this chat, as JSON.", file=File(FILE_NAME, content))


def no_data() -> Message:
    """Return the answer to /mydata and /forgetme where there is nothing."""
    return Message("I keep nothing of this chat.")


def ask_to_forget() -> Message:
    """Return the question before all is erased."""
    html = (
        f"{bold('Erase everything?')}\n\nWhat you follow, your settings, and what I know of the "
        "items that I sent you. This cannot be undone; /mydata sends you a copy first."
    )
    return Message(
        html, keyboard([button("Erase everything", Forget()), button("Keep", ShowSettings())])
    )


def forgotten() -> Message:
    """Return the last words."""
    return Message("Erased. I keep nothing of this chat any more. /start begins anew.")
