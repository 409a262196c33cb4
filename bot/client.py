"""PTB's bot, with a quick way to send many messages, and an eye on whether Telegram refuses it."""

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.delivery.verdict import Action, judge
from bot.errors import RefusedError
from bot.limiter import Errand

SHORT_POLL = 2
"""Seconds for which a refused bot asks for updates, so that it soon knows if it still is."""


class Client(ExtBot[Errand]):
    """A bot that also sends what was made ready once for many chats."""

    _refusal: str | None = None

    @property
    def refusal(self) -> str | None:
        """Why Telegram gives the bot itself no updates, by the last answer; None where it does."""
        return self._refusal

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """Do as PTB does, but raise `RefusedError` where the bot itself is refused.

        At an `InvalidToken` PTB would stop polling without a word.
        """
        if self._refusal is not None:
            kwargs["timeout"] = SHORT_POLL
        try:
            updates = await super().get_updates(*args, **kwargs)
        except TelegramError as error:
            verdict = judge(error)
            if verdict.action is not Action.STOP:
                raise
            self._refusal = verdict.reason
            raise RefusedError(verdict.reason) from None
        self._refusal = None
        return updates

    async def send_ready(
        self, chat_id: int, parameters: Mapping[str, str | int | bool], errand: Errand | None
    ) -> int:
        """Send a message whose parameters are as Telegram takes them, and return its id.

        Its answer does not become a `telegram.Message`, as making one of it would take a third of
        the processor time. Raises what `send_message` does.
        """
        answer: Any = await self._post(
            "sendMessage",
            {"chat_id": chat_id, **parameters},
            api_kwargs=self._merge_api_rl_kwargs(None, errand),
        )
        if not isinstance(answer, dict) or not isinstance(answer.get("message_id"), int):
            raise NetworkError("the answer is not a message")
        message_id: int = answer["message_id"]
        return message_id
