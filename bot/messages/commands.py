"""The command menu, in the order in which it is shown."""

COMMANDS = (
    ("topics", "Browse the topics"),
    ("latest", "The newest items, of everything or of a query"),
    ("search", "Search all items"),
    ("subscribe", "Follow a topic or a query"),
    ("subscriptions", "What you follow, and how to stop it"),
    ("unsubscribe", "Stop following"),
    ("help", "How to ask, and what I can do"),
    ("start", "Begin, or begin again"),
)
