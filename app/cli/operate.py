"""Commands for the person who runs it: `migrate`, `doctor`, `stats`."""

import asyncio
from typing import Any

import typer

from app.cli.output import Format, FormatOption, note, print_records


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.command()(migrate)
    cli.command()(doctor)
    cli.command()(stats)


def migrate() -> None:
    """Bring the store's schema to the newest version."""
    asyncio.run(_migrate())
    note("the store is at the newest version")


def doctor(*, format_: FormatOption = Format.TABLE) -> None:
    """Check every setting and connection, and say what is wrong."""
    from app.doctor import examine

    findings = asyncio.run(examine())
    print_records(format_, findings, ["check", "result", "detail"])
    if any(finding["result"] == "wrong" for finding in findings):
        raise typer.Exit(1)


def stats(*, format_: FormatOption = Format.TABLE) -> None:
    """Print how much there is of what."""
    records = [{"what": name, "count": count} for name, count in asyncio.run(_stats()).items()]
    print_records(format_, records, ["what", "count"])


async def _migrate() -> None:
    from app.settings import load_settings
    from app.store import open_store

    async with open_store(load_settings()):
        pass


async def _stats() -> dict[str, Any]:
    from app.settings import load_settings
    from app.store import open_store
    from storage import chats, items, outbox

    async with open_store(load_settings()) as db, db.read() as tx:
        found = await items.counts(tx)
        talking = await chats.counts(tx)
        waiting = await outbox.pending(tx)
    return {
        "items": found.total,
        **{f"items: {kind}": count for kind, count in found.kinds.items()},
        **{f"items in {lang}": count for lang, count in found.languages.items()},
        **{f"chats: {state.value}": count for state, count in talking.items()},
        **{f"waiting: {lane.value}": count.waiting for lane, count in waiting.lanes.items()},
        "items being fanned out": waiting.fanouts,
    }
