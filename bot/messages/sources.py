"""The upstream sources, for the operator's chats."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.text import Message, bold, escape
from domain.sources import Source, SourceState

SHOWN = 30


def sources(found: Sequence[Source]) -> Message:
    """Say how the sources are: those that fail first, and no more than fit a message."""
    if not found:
        return Message("There are no sources yet: <code>topicwire sources add ADDRESS</code>")
    failing = sum(source.problem is not None and not _is_paused(source) for source in found)
    head = bold(f"{len(found)} sources, {failing} in trouble")
    worst_first = sorted(
        found, key=lambda source: (_is_paused(source), -source.failures, source.name)
    )
    lines = [_line(source) for source in worst_first[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"… and {len(found) - SHOWN} more")
    return Message("\n".join([head, "", *lines]))


def _line(source: Source) -> str:
    if _is_paused(source):
        return f"⏸ {escape(source.name)}: {source.items} items, paused"
    if source.problem:
        return f"⚠️ {escape(source.name)}: {escape(source.problem)}; next {_at(source.next_poll)}"
    return f"{escape(source.name)}: {source.items} items, read {_at(source.last_success)}"


def _is_paused(source: Source) -> bool:
    return source.state is SourceState.PAUSED


def _at(moment: datetime | None) -> str:
    return f"{moment:%d %b %H:%M}" if moment else "never"
