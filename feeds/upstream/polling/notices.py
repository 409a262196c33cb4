"""Notices to the operator, a round's in one: when our own network fails, all sources do."""

from collections.abc import Awaitable, Callable

import structlog

SHOWN = 10

log = structlog.get_logger(__name__)


class Notices:
    """Collects lines, and sends them when told to."""

    def __init__(self, send: Callable[[str], Awaitable[None]]):
        self._send = send
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Keep a line for the next notice."""
        log.warning("for the operator", text=line)
        self._lines.append(line)

    async def flush(self) -> None:
        """Send what there is, as one text."""
        lines, self._lines = self._lines, []
        if not lines:
            return
        more = len(lines) - SHOWN
        if more > 0:
            lines = [*lines[:SHOWN], f"… and {more} more: see `topicwire sources list`."]
        try:
            await self._send("\n".join(lines))
        except Exception as error:  # noqa: BLE001 - a notice must not stop the polling
            log.warning("a notice was not sent", error=type(error).__name__)
