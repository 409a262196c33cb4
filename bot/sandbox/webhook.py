"""Delivery of updates to the bot's webhook."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.errors import bad_request
from bot.sandbox.updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_MAX_SECRET = 256
_MAX_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where updates go. As at a local Bot API server, http and any port will do."""

    url: str
    secret_token: str = ""
    max_connections: int = 40

    def check(self) -> None:
        """Raise ApiError when Telegram would refuse the address or the secret."""
        if len(self.secret_token) > _MAX_SECRET:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(self.secret_token):
            raise bad_request("secret token contains unallowed characters")
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("invalid webhook URL specified")


class Webhook:
    """Posts one update after another, and each again until it is answered with 2xx.

    The pause before another try doubles from `retry_seconds` to a minute. Needs a running loop
    once a target is set.
    """

    def __init__(
        self,
        updates: UpdateQueue,
        clock: Callable[[], float],
        retry_seconds: float,
        changed: Callable[[], object],
    ):
        self.target: Target | None = None
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._clock = clock
        self._retry_seconds = retry_seconds
        self._changed = changed
        self._task: asyncio.Task[None] | None = None

    def set(self, target: Target) -> None:
        """Deliver to this address from now on."""
        target.check()
        self._cancel()
        self.target = target
        self.last_error = None
        self._updates.start_webhook()
        self._task = asyncio.get_running_loop().create_task(self._run(target))

    def remove(self) -> None:
        """Stop delivery; updates wait for polling."""
        self._cancel()
        self.target = None
        self.last_error = None
        self._updates.webhook_active = False

    async def close(self) -> None:
        """Stop delivery and wait for its end."""
        task = self._task
        self._cancel()
        if task is not None:
            with suppress(asyncio.CancelledError):
                await task

    def info(self) -> dict[str, Any]:
        """Return the Bot API WebhookInfo."""
        info: dict[str, Any] = {
            "url": self.target.url if self.target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.target:
            info["max_connections"] = self.target.max_connections
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self, target: Target) -> None:
        headers = {"Content-Type": "application/json"}
        if target.secret_token:
            headers[SECRET_HEADER] = target.secret_token
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            delay = self._retry_seconds
            while True:
                update = await self._updates.first()
                problem = await _post(session, target.url, update)
                if problem is None:
                    self._updates.delivered(update)
                    delay = self._retry_seconds
                else:
                    self.last_error = (int(self._clock()), problem)
                    self._changed()
                    await asyncio.sleep(delay)
                    delay = min(delay * 2, _MAX_DELAY)


async def _post(session: aiohttp.ClientSession, url: str, update: Update) -> str | None:
    """Return None when the bot took the update, else what was wrong, in Telegram's words."""
    try:
        async with session.post(url, data=json.dumps(update), allow_redirects=False) as response:
            await response.read()
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError:
        return "Connection closed"
    if response.ok and response.status < 300:
        return None
    return f"Wrong response from the webhook: {response.status} {response.reason}"
