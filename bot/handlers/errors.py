"""What happens when a conversation fails: a line in the log, and a word to the person."""

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.delivery.verdict import Action, judge
from bot.errors import place_of
from bot.messages.problems import APOLOGY

log = structlog.get_logger(__name__)

SILENT = frozenset({Action.CHAT_GONE, Action.CHAT_MOVED, Action.THROTTLED, Action.NOT_YET})
"""Nobody could read an apology, or it would make things worse."""


async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log an error by its class alone, for its text may hold a chat id or a query, and apologise.

    A press of a button has had its answer already.
    """
    error = context.error or RuntimeError()
    log.error("update failed", error=type(error).__name__, at=place_of(error))
    asked = update.message if isinstance(update, Update) else None
    if asked is None or judge(error).action in SILENT:
        return
    try:
        await asked.reply_text(APOLOGY)
    except TelegramError as again:
        log.warning("apology failed", error=type(again).__name__)
