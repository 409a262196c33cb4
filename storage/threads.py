"""Forum topics: which of them messages go to."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from storage.database import Transaction, insert, is_sqlite
from storage.rows import saved_id
from storage.tables import PausedThreadRow, SubscriptionRow


async def pause(tx: Transaction, chat_id: int, thread_id: int, reason: str, now: datetime) -> None:
    """Pause a thread that Telegram refuses: what is for it goes to its chat from now on."""
    row = {"chat_id": chat_id, "thread_id": thread_id, "reason": reason, "since": now}
    await tx.execute(
        insert(PausedThreadRow, on_sqlite=is_sqlite(tx)).values(row).on_conflict_do_nothing()
    )


async def use_again(tx: Transaction, chat_id: int, thread_id: int) -> None:
    """Use a thread again, as when people write in it."""
    await tx.execute(
        delete(PausedThreadRow).where(
            col(PausedThreadRow.chat_id) == chat_id, col(PausedThreadRow.thread_id) == thread_id
        )
    )


async def open_threads(
    tx: Transaction, wanted: Mapping[int, tuple[int, int | None]]
) -> dict[int, int]:
    """Return the thread to use for each message, given its chat and thread, where there is one."""
    asked = {key: (chat, thread) for key, (chat, thread) in wanted.items() if thread is not None}
    if not asked:
        return {}
    rows = await tx.execute(
        select(col(PausedThreadRow.chat_id), col(PausedThreadRow.thread_id)).where(
            col(PausedThreadRow.chat_id).in_(sorted({chat for chat, _ in asked.values()}))
        )
    )
    paused = {(chat, thread) for chat, thread in rows}
    return {key: where[1] for key, where in asked.items() if where not in paused}


async def threads_of(tx: Transaction, subscriptions: list[int]) -> dict[int, int | None]:
    """Return the thread of each of these subscriptions that is still there."""
    if not subscriptions:
        return {}
    rows = await tx.execute(
        select(col(SubscriptionRow.id), col(SubscriptionRow.thread_id)).where(
            col(SubscriptionRow.id).in_(subscriptions)
        )
    )
    return {saved_id(row_id): thread_id for row_id, thread_id in rows}
