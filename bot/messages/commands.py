"""The command menu, in the order in which it is shown."""

COMMANDS = (
    ("topics", "Browse the topics"),
    ("latest", "The newest items, of everything or of a query"),
    ("search", "Search all items"),
    ("subscribe", "Follow a topic or a query"),
    ("subscriptions", "What you follow, and how to stop it"),
    ("unsubscribe", "Stop following"),
    ("pause", "Send me nothing for a while: all, or one subscription"),
    ("resume", "End the pause"),
    ("settings", "Language, time zone, quiet hours, daily limit"),
    ("language", "The language of stories told in several"),
    ("timezone", "Your time zone, by city or country"),
    ("feed", "Addresses for a feed reader or a calendar"),
    ("status", "Whether I am at work, and what you follow"),
    ("privacy", "What is kept of this chat"),
    ("mydata", "All that is kept of this chat, as a file"),
    ("forgetme", "Erase all that is kept of this chat"),
    ("help", "How to ask, and what I can do"),
    ("start", "Begin, or begin again"),
)

OPERATOR_COMMANDS = (
    ("publish", "Add an item and send it to those who follow it"),
    ("sources", "How the upstream sources are"),
    ("stats", "How much there is of what, and the queue"),
)
"""Those that there are in the operator's chats alone."""
