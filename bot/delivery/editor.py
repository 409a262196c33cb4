"""Editing the messages that told of an item which has changed.

This lane is behind all others: its messages were read already, so they wait until nothing is to be
sent. Telegram lets a bot edit its own messages at any time. A message that is gone or that says so
already needs no more; whatever else is wrong with one, the others go on.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.delivery.verdict import Action, Verdict, judge
from bot.limiter import Errand
from bot.messages.push import push
from bot.messages.text import to_plain
from bot.services import BotServices
from domain.delivery import backoff
from storage import outbox

AT_ONCE = 8
LONGEST_EDIT = 30.0
"""In seconds."""
TRIES = 5
"""So often a message is tried while others wait for it."""
SETTLED = ("message is not modified", "message to edit not found", "message can't be edited")
LATER = frozenset({Action.THROTTLED, Action.NOT_YET, Action.STOP, Action.PASSING, Action.AMBIGUOUS})
COUNTED = frozenset({Action.PASSING, Action.AMBIGUOUS})

log = structlog.get_logger(__name__)


class Editor:
    """Edits messages a few at a time, as long as `may_edit`.

    `done` counts those that were edited.
    """

    def __init__(
        self,
        services: BotServices,
        bot: ExtBot[Any],
        may_edit: Callable[[], bool] = lambda: True,
    ):
        self._services = services
        self._bot = bot
        self._may_edit = may_edit
        self.done = 0

    async def step(self) -> bool:
        """Edit some messages; returns False if none was due. Raises `StoreError`."""
        now = self._services.clock()
        async with self._services.db.read() as tx:
            edits = await outbox.next_edits(tx, now=now, limit=AT_ONCE)
        if edits is None:
            return False
        verdicts = await asyncio.gather(*map(self._edit, edits.messages))
        if verdicts and edits.attempts + 1 >= TRIES and _is_counted(verdicts[0]):
            verdicts[0] = None
        done, why = _first_late(verdicts)
        now = self._services.clock()
        due = now
        if why is not None:
            due += why.delay or backoff(edits.attempts + 1, 0.0)
        async with self._services.db.write() as tx:
            for edit, verdict in zip(edits.messages, verdicts, strict=True):
                if verdict is not None and verdict.action is Action.CHAT_GONE:
                    await outbox.chat_gone(tx, edit.chat_id, verdict.reason, now)
            await outbox.settle_edits(tx, edits, done, due=due, count_attempt=_is_counted(why))
        return True

    async def _edit(self, edit: outbox.Edit) -> Verdict | None:
        """Edit a message; returns None when it says what it should, or is not there."""
        message = push(edit.item, self._services.links, self._services.source_name, edit.also)
        try:
            async with asyncio.timeout(LONGEST_EDIT):
                await self._bot.edit_message_text(
                    to_plain(message.html) if edit.plain else message.html,
                    chat_id=edit.chat_id,
                    message_id=edit.message_id,
                    parse_mode=None if edit.plain else ParseMode.HTML,
                    reply_markup=message.keyboard,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    rate_limit_args=Errand(self._may_edit),
                )
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the rest go on
            if isinstance(error, BadRequest) and _is_settled(error):
                return None
            verdict = judge(error)
            log.info("not edited", action=verdict.action.name, why=verdict.reason)
            return verdict
        self.done += 1
        return None


def _first_late(verdicts: Sequence[Verdict | None]) -> tuple[int, Verdict | None]:
    """Return how many messages come before the first that is to be tried again, and why it is."""
    for place, verdict in enumerate(verdicts):
        if verdict is not None and verdict.action in LATER:
            return place, verdict
    return len(verdicts), None


def _is_counted(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.action in COUNTED


def _is_settled(error: BadRequest) -> bool:
    return any(known in error.message.lower() for known in SETTLED)
