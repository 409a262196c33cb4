"""The command `deliveries`: what is on its way, what was set aside, and sending that again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import Format, FormatOption, note, print_jsonl, print_records

if TYPE_CHECKING:
    from storage.outbox import Figures

WATCH_SECONDS = 0.5
ALL = "all"


def register(cli: typer.Typer) -> None:
    """Add the command to the command line."""
    cli.command()(deliveries)


def deliveries(
    *,
    failed: Annotated[bool, typer.Option("--failed", help="List what was set aside.")] = False,
    retry: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|all", help="Send again what was set aside; may be repeated."),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Follow it until all is sent.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="List at most so many.")] = 100,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print what is on its way to chats, and when it will have arrived."""
    if retry:
        count = asyncio.run(_retry(None if ALL in retry else retry))
        note(f"{count} messages are on their way again")
    if failed:
        records = asyncio.run(_failed(limit))
        print_records(format_, records, ["id", "chat", "at", "reason", "tries", "items"])
    elif watch:
        asyncio.run(_watch(format_))
    elif not retry:
        figures = asyncio.run(_figures())
        print_records(format_, _records(figures), ["what", "count"])
        if figures.left and format_ is Format.TABLE:
            note(_ending(figures))


async def _figures() -> "Figures":
    from app.settings import load_settings
    from app.store import open_store
    from storage import outbox

    async with open_store(load_settings()) as db, db.read() as tx:
        return await outbox.figures(tx, now=datetime.now(UTC))


async def _failed(limit: int) -> list[dict[str, Any]]:
    from app.settings import load_settings
    from app.store import open_store
    from storage import outbox

    async with open_store(load_settings()) as db, db.read() as tx:
        found = await outbox.failed(tx, limit)
    return [
        {
            "id": each.id,
            "chat": each.chat,
            "at": each.at.isoformat(timespec="seconds"),
            "reason": each.reason,
            "tries": each.attempts,
            "items": list(each.items),
            "reachable": each.is_reachable,
        }
        for each in found
    ]


async def _retry(ids: list[str] | None) -> int:
    from app.settings import load_settings
    from app.store import open_store
    from storage import outbox

    async with open_store(load_settings()) as db, db.write() as tx:
        return await outbox.retry_failed(tx, ids, datetime.now(UTC))


async def _watch(format_: Format) -> None:
    if format_ is Format.JSONL:
        async for figures in _moments():
            record = {record["what"]: record["count"] for record in _records(figures)}
            print_jsonl([{"at": figures.at.isoformat(timespec="milliseconds"), **record}])
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    ending = TextColumn("{task.fields[ending]}")
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), ending)
    done = left = 0
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=None, ending="")
        async for figures in _moments():
            done += max(left - figures.left, 0)
            left = figures.left
            progress.update(bar, completed=done, total=done + left, ending=_ending(figures))
    note("all that was due is sent")


async def _moments() -> AsyncIterator["Figures"]:
    """Yield the figures again and again, last when nothing that is due is left."""
    from app.settings import load_settings
    from app.store import open_store
    from storage import outbox

    async with open_store(load_settings()) as db:
        while True:
            async with db.read() as tx:
                figures = await outbox.figures(tx, now=datetime.now(UTC))
            yield figures
            if not figures.left and not figures.fanouts:
                return
            await asyncio.sleep(WATCH_SECONDS)


def _ending(figures: "Figures") -> str:
    """Say when what is due will have been sent, at the rate of now or else at the allowed one."""
    from domain import figures as names

    if not figures.left:
        return "nothing is due"
    if not figures.has_sender:
        return f"{figures.left} left, and nobody sends: `topicwire run` does"
    if figures.count(names.OUTAGE):
        return f"{figures.left} left, to be sent when Telegram can be reached again"
    rate = figures.speed(names.RATE) or figures.count(names.ALLOWED)
    if not rate:
        return f"{figures.left} left, the first of them about to be sent"
    span = timedelta(seconds=round(figures.left / rate))
    end = (figures.at + span).astimezone()
    return f"{figures.left} left at {rate:.0f}/s: until {end:%H:%M:%S}, in {span}"


def _records(figures: "Figures") -> list[dict[str, Any]]:
    from domain import figures as names

    counts: dict[str, float | None] = {"items being fanned out": figures.fanouts}
    for lane, state in figures.lanes.items():
        counts[f"{lane}: due"] = state.due
        counts[f"{lane}: later"] = state.later
        counts[f"{lane}: claimed"] = state.claimed
        counts[f"{lane}: oldest, seconds"] = round(state.age.total_seconds())
        for outcome in (names.SENT, *names.RETRIED, *names.REFUSED):
            count = figures.count(names.MESSAGES, names.message_label(lane, outcome))
            if count or outcome == names.SENT:
                counts[f"{lane}: {_OUTCOMES.get(outcome, outcome)}"] = int(count)
    for (lane, reason), count in sorted(figures.set_aside.items()):
        counts[f"{lane}: set aside, {reason}"] = count
    for share in (50, 99):
        seconds = figures.within(share / 100)
        if seconds is not None:
            last = names.DELAY_STEPS[-2]
            counts[f"push: {share} % came within, seconds"] = seconds if seconds <= last else None
    allowed = figures.count(names.ALLOWED)
    counts["messages a second"] = round(figures.speed(names.RATE), 1)
    counts["messages a second, allowed"] = allowed
    counts["of the allowed rate in use, %"] = (
        round(100 * figures.speed(names.USED) / allowed) if allowed else 0
    )
    return [{"what": name, "count": count} for name, count in counts.items()]


_OUTCOMES = {
    "ambiguous": "retried, perhaps arrived",
    "passing": "retried, network or server error",
    "not_yet": "put off, its chat takes none yet",
    "throttled": "refused, too many requests",
    "poison": "refused, as it is",
    "thread_gone": "refused, topic gone",
    "chat_gone": "refused, chat gone",
    "chat_moved": "refused, chat moved",
    "stop": "refused, the bot itself",
}
