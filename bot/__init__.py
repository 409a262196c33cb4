"""Telegram: the bot that answers, and the sender that pushes."""

import os

# Durations come from python-telegram-bot as `timedelta`, as its next major version has them;
# without this each flood refusal would raise a deprecation warning (read at every call).
os.environ.setdefault("PTB_TIMEDELTA", "1")
