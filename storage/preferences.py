"""What a chat has chosen: language, time zone, quiet hours, limit, pauses.

Every change takes effect on what waits for the chat already. All of these raise `NotFoundError`
for a chat that is not registered.
"""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from domain.errors import NotFoundError
from domain.model import Chat, ChatState
from domain.pace import Course, judge_digest, judge_push
from domain.quiet import Quiet, window
from domain.schedule import NOW, first_due, parse_schedule, read_zone
from storage.database import Transaction
from storage.holding import has_gathered, hold, let_go, pace_of, told_of
from storage.rows import chat_of
from storage.tables import ChatRow, DeliveryRow, DigestRow, QuietHoursRow, SubscriptionRow


async def set_language(tx: Transaction, chat_id: int, language: str | None, now: datetime) -> Chat:
    """Set the language in which a chat reads stories; None for the one they came in."""
    row = await _chat(tx, chat_id)
    row.language, row.changed_at = language, now
    return chat_of(row)


async def set_timezone(tx: Transaction, chat_id: int, zone: str, now: datetime) -> Chat:
    """Set a chat's time zone, by which its schedules and quiet hours count from now on.

    Raises `ScheduleError` for what is none.
    """
    row = await _chat(tx, chat_id)
    row.timezone = read_zone(zone).key
    return await _changed(tx, row, now)


async def set_quiet(tx: Transaction, chat_id: int, quiet: Quiet | None, now: datetime) -> Chat:
    """Set a chat's quiet hours; None for none."""
    row = await _chat(tx, chat_id)
    row.quiet = str(quiet) if quiet else None
    return await _changed(tx, row, now)


async def set_daily_limit(tx: Transaction, chat_id: int, limit: int | None, now: datetime) -> Chat:
    """Set how many items a chat is told one by one in a day; None for all."""
    row = await _chat(tx, chat_id)
    row.daily_limit = limit
    return await _changed(tx, row, now)


async def set_empty_digests(tx: Transaction, chat_id: int, wanted: bool, now: datetime) -> Chat:  # noqa: FBT001 - a setting's value
    """Set whether a chat is told where a digest would have nothing new."""
    row = await _chat(tx, chat_id)
    row.empty_digests, row.changed_at = wanted, now
    return chat_of(row)


async def pause(tx: Transaction, chat_id: int, until: datetime, now: datetime) -> Chat:
    """Send a chat nothing until then, or `FOREVER`; what it misses becomes one digest."""
    row = await _chat(tx, chat_id)
    row.state, row.paused_until = ChatState.PAUSED, until
    return await _changed(tx, row, now)


async def resume(tx: Transaction, chat_id: int, now: datetime) -> Chat:
    """End a chat's pause, and let it have a digest of what it missed; also where none is on."""
    row = await _chat(tx, chat_id)
    row.state, row.paused_until, row.reason = ChatState.ACTIVE, None, None
    await _changed(tx, row, now)
    if await has_gathered(tx, chat_id):
        row.digest_due_at = now
        await tx.flush()
    return chat_of(row)


async def _chat(tx: Transaction, chat_id: int) -> ChatRow:
    row = await tx.get(ChatRow, chat_id)
    if row is None:
        raise NotFoundError("this chat is not registered")
    return row


async def _changed(tx: Transaction, row: ChatRow, now: datetime) -> Chat:
    """Time anew all that waits for a chat."""
    row.changed_at = now
    pace = pace_of(row)
    if pace.quiet is not None:
        hours = window(pace.quiet, row.timezone, now)
        await tx.merge(
            QuietHoursRow(
                timezone=row.timezone,
                hours=str(pace.quiet),
                starts_at=hours.starts,
                ends_at=hours.ends,
            )
        )
    await _time_subscriptions(tx, row, now)
    await let_go(tx, row.id, now)
    ruling = judge_push(pace, told_of(row), now, urgent=False)
    if row.digest_due_at is not None:
        gathers = ruling.course is Course.GATHER and ruling.until is not None
        row.digest_due_at = ruling.until if gathers else now
    await hold(tx, row, DeliveryRow, ruling)
    await hold(tx, row, DigestRow, judge_digest(pace, now))
    await tx.flush()
    return chat_of(row)


async def _time_subscriptions(tx: Transaction, chat: ChatRow, now: datetime) -> None:
    """Set when a chat's digests are due; one that is due already stays so."""
    rows = await tx.scalars(
        select(SubscriptionRow).where(
            col(SubscriptionRow.chat_id) == chat.id, col(SubscriptionRow.next_due_at) > now
        )
    )
    for row in rows:
        schedule = parse_schedule(row.schedule)
        due = first_due(schedule, chat.timezone, now, row.paused_until)
        # One to `now` has a digest to come: at the end of its pause, or at once.
        row.next_due_at = now if due is None and schedule == NOW else due
